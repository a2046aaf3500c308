#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Made-up companies and goods of the simulated shop. Data only.
namespace counterfoil::sandbox {

struct CompanyRow {
    std::string_view name;
    std::string_view contact;
    std::string_view currency;
    std::string_view city;
};

struct ProductRow {
    std::string_view sku;
    std::string_view title;
    std::string_view variant;
    std::int64_t tradeGbp; ///< net, minor units
};

constexpr std::array<CompanyRow, 50> kCompanies{{
    {"Northwind Cafes Ltd", "Ada Holt", "GBP", "Leeds"},
    {"Kestrel Hotels Group", "Sam Orde", "GBP", "York"},
    {"Maison Verlaine SARL", "Claire Aubin", "EUR", "Lille"},
    {"Tidewater Delis", "Ian Moss", "GBP", "Hull"},
    {"Thistle & Rye", "Fern Baird", "GBP", "Perth"},
    {"Brindle Farm Shops", "Joan Pike", "GBP", "Ludlow"},
    {"Oxbow Coffee Roasters", "Theo Lund", "GBP", "Bristol"},
    {"Copper Kettle Tearooms", "May Ellis", "GBP", "Whitby"},
    {"Alder & Pike Grocers", "Owen Pike", "GBP", "Kendal"},
    {"Saltmarsh Provisions", "Gwen Salt", "GBP", "Norwich"},
    {"Moorgate Canteens", "Raj Mehta", "GBP", "London"},
    {"Pellworth Stores", "Dora Pell", "GBP", "Truro"},
    {"Hartmann Feinkost", "Uwe Hartmann", "EUR", "Bremen"},
    {"Harrow Lane Kitchens", "Lena Frost", "GBP", "Derby"},
    {"Bluebell Nurseries Cafe", "Tess Gray", "GBP", "Exeter"},
    {"Quayside Canteen Co", "Neil Ford", "GBP", "Newcastle"},
    {"Larch & Loom", "Ivy Cross", "GBP", "Durham"},
    {"Fenwater Farm Foods", "Hal Reed", "GBP", "Ely"},
    {"Stonebridge Bakeries", "Cara Webb", "GBP", "Bath"},
    {"Penrose Pantry", "Alan Rowe", "GBP", "Penzance"},
    {"Drumlin Coffee House", "Aoife Kerr", "EUR", "Sligo"},
    {"Rosewall Gift Shops", "Beth Nance", "GBP", "St Ives"},
    {"Gorse Hill Garden Centre", "Paul Dean", "GBP", "Dudley"},
    {"Wharfedale Wholefoods", "Ruth Kaye", "GBP", "Ilkley"},
    {"Cobalt Street Bars", "Max Lowe", "GBP", "Leeds"},
    {"Ninefields Dairy Bars", "Zoe Hart", "GBP", "Crewe"},
    {"Bakkerij De Molen", "Piet Smit", "EUR", "Utrecht"},
    {"Ashdown Tea Merchants", "Cyril Nash", "GBP", "Lewes"},
    {"Foxglove Stays", "Mina Shaw", "GBP", "Hexham"},
    {"Ravensworth Events", "Gil Stone", "GBP", "Gateshead"},
    {"Whitlow Office Pantry", "Nina Cole", "GBP", "Reading"},
    {"Selkirk Mill Shop", "Iona Scott", "GBP", "Selkirk"},
    {"Torview Holiday Parks", "Dan Yeo", "GBP", "Torquay"},
    {"Epicerie du Quai", "Luc Marchand", "EUR", "Nantes"},
    {"Millrace Brewhouse", "Kit Waller", "GBP", "Otley"},
    {"Juniper Row Spa", "Amy Lane", "GBP", "Harrogate"},
    {"Castlegate Books & Beans", "Noel Price", "GBP", "Lancaster"},
    {"Orchard End Farm Shop", "Jill Orme", "GBP", "Hereford"},
    {"Granary Wharf Catering", "Leo Marsh", "GBP", "Leeds"},
    {"Seaholme Kiosks", "Val Crabbe", "GBP", "Cromer"},
    {"Hollin Bank Schools", "Eve Parr", "GBP", "Blackburn"},
    {"Tamarind Street Food", "Anil Roy", "GBP", "Leicester"},
    {"Kaffeekontor Nord", "Silke Jansen", "EUR", "Kiel"},
    {"Greyfriars Refectory", "Hugh Abbot", "GBP", "Lincoln"},
    {"Lumen Workspaces", "Pia Stone", "GBP", "Manchester"},
    {"Barley & Bramble", "Rose Tarn", "GBP", "Penrith"},
    {"Swift Lane Coffee Carts", "Joe Swift", "GBP", "Sheffield"},
    {"Beacon Fell Lodges", "Kay Moor", "GBP", "Preston"},
    {"Ostler Yard Inns", "Bill Ostler", "GBP", "Stamford"},
    {"Proof Bench Ltd", "Test Account", "GBP", "Hull"},
}};

constexpr std::array<ProductRow, 60> kProducts{{
    {"KETTLE-1L", "Kettle", "1 l", 1500},
    {"KETTLE-2L", "Kettle", "2 l", 2150},
    {"BEAN-1KG", "Espresso beans", "1 kg", 1285},
    {"BEAN-250G", "Espresso beans", "250 g", 385},
    {"CUP-8OZ", "Paper cup", "8 oz, sleeve of 50", 275},
    {"CUP-12OZ", "Paper cup", "12 oz, sleeve of 50", 335},
    {"LID-8OZ", "Cup lid", "8 oz, sleeve of 50", 190},
    {"CHOC-70", "Dark chocolate", "70 %, 80 g", 219},
    {"CHOC-54", "Dark chocolate", "54 %, 80 g", 199},
    {"MUG-12OZ", "Stoneware mug", "12 oz", 645},
    {"MUG-8OZ", "Stoneware mug", "8 oz", 545},
    {"TEA-EB-80", "Breakfast tea", "80 bags", 415},
    {"TEA-EG-80", "Earl Grey", "80 bags", 435},
    {"TEA-GR-40", "Green tea", "40 bags", 355},
    {"SYR-VAN-1L", "Vanilla syrup", "1 l", 725},
    {"SYR-CAR-1L", "Caramel syrup", "1 l", 725},
    {"SYR-HAZ-1L", "Hazelnut syrup", "1 l", 740},
    {"OATM-1L-6", "Oat drink", "6 x 1 l", 895},
    {"SOYM-1L-6", "Soya drink", "6 x 1 l", 855},
    {"SUG-WH-1K", "White sugar sticks", "1000", 1125},
    {"SUG-BR-1K", "Brown sugar sticks", "1000", 1195},
    {"STIR-WD-1K", "Wooden stirrers", "1000", 465},
    {"NAP-2PLY", "Napkin", "2 ply, 250", 385},
    {"FILT-V60-02", "Paper filter", "V60 02, 100", 425},
    {"FILT-AERO", "Paper filter", "micro, 350", 445},
    {"GRND-HAND", "Hand grinder", "steel", 3495},
    {"SCALE-2KG", "Brew scale", "2 kg", 2795},
    {"JUG-600", "Milk jug", "600 ml", 1150},
    {"JUG-350", "Milk jug", "350 ml", 985},
    {"TAMP-58", "Tamper", "58 mm", 1890},
    {"PLATE-SM", "Side plate", "18 cm", 495},
    {"PLATE-LG", "Dinner plate", "27 cm", 795},
    {"BOWL-SOUP", "Soup bowl", "stoneware", 725},
    {"GLASS-LAT", "Latte glass", "340 ml", 365},
    {"GLASS-TUM", "Tumbler", "280 ml", 285},
    {"SPOON-TEA-12", "Teaspoon", "dozen", 875},
    {"FORK-12", "Table fork", "dozen", 1245},
    {"KNIFE-12", "Table knife", "dozen", 1395},
    {"APRON-BLK", "Apron", "black", 1175},
    {"APRON-NAT", "Apron", "natural", 1175},
    {"TOWEL-BAR", "Bar towel", "pack of 10", 965},
    {"JAM-STR-12", "Strawberry jam", "12 x 30 g", 685},
    {"JAM-RAS-12", "Raspberry jam", "12 x 30 g", 685},
    {"HONEY-12", "Honey", "12 x 28 g", 815},
    {"BISC-SHORT", "Shortbread", "100 twin packs", 1895},
    {"BISC-OAT", "Oat biscuit", "100 twin packs", 1795},
    {"GRAN-5KG", "Granola", "5 kg", 2385},
    {"FLAP-24", "Flapjack", "case of 24", 1655},
    {"CRISP-SS-32", "Sea salt crisps", "case of 32", 1585},
    {"WATER-ST-24", "Still water", "24 x 330 ml", 795},
    {"WATER-SP-24", "Sparkling water", "24 x 330 ml", 825},
    {"COLA-24", "Craft cola", "24 x 330 ml", 1685},
    {"LEMON-24", "Lemonade", "24 x 330 ml", 1585},
    {"GINGER-24", "Ginger beer", "24 x 330 ml", 1645},
    {"CAND-SOY", "Soy candle", "180 g", 745},
    {"SOAP-BAR", "Hand soap", "bar", 295},
    {"BOX-GIFT-M", "Gift box", "medium", 415},
    {"BOX-GIFT-L", "Gift box", "large", 575},
    {"BAG-KRAFT", "Kraft bag", "pack of 100", 1065},
    {"CLEAN-ESP", "Machine cleaner", "900 g", 1145},
}};

} // namespace counterfoil::sandbox
