#include <QApplication>
#include <QDir>
#include <QPalette>
#include <QRawFont>

#include "ui/theme/icons.h"
#include "ui/theme/text.h"
#include "ui/theme/theme_service.h"

#include <gtest/gtest.h>

namespace counterfoil::theme {

namespace {

constexpr double kTextMin = 4.5;
constexpr double kMarkMin = 3.0;

std::vector<QColor> surfacesOf(const Theme& t)
{
    return {t.panel, t.window, t.rail, t.sunken, t.hover, t.sel, t.should, t.railSel};
}

class Contrast : public ::testing::TestWithParam<bool> {
protected:
    Theme t = GetParam() ? Theme::dark() : Theme::light();
};

TEST_P(Contrast, TextIsReadableOnEverySurface)
{
    for (const QColor& surface : surfacesOf(t))
        for (const QColor& text :
             {t.text, t.text2, t.text3, t.accentText, t.crit, t.high, t.med, t.low, t.ok})
            EXPECT_GE(contrast(text, surface), kTextMin)
                << text.name().toStdString() << " on " << surface.name().toStdString();
}

TEST_P(Contrast, TextIsReadableOnItsOwnTint)
{
    const std::pair<QColor, QColor> pairs[] = {
        {t.crit, t.critBg},  {t.high, t.highBg},     {t.med, t.medBg},   {t.ok, t.okBg},
        {t.crit, t.mark},    {t.onAccent, t.accent}, {t.text, t.critBg}, {t.text, t.highBg},
        {t.text, t.medBg},   {t.text2, t.track},     {t.panel, t.text},  {t.text, t.raised},
        {t.text2, t.raised}, {t.text3, t.raised}};
    for (const auto& [text, surface] : pairs)
        EXPECT_GE(contrast(text, surface), kTextMin)
            << text.name().toStdString() << " on " << surface.name().toStdString();
}

TEST_P(Contrast, MarksAndFieldEdgesStandOut)
{
    for (const QColor& mark :
         {t.ctl, t.accent, t.highFill, t.medFill, t.markLine, t.crit, t.ok, t.focusRing()})
        EXPECT_GE(contrast(mark, t.panel), kMarkMin) << mark.name().toStdString();
    for (const QColor& line : t.series)
        EXPECT_GE(contrast(line, t.panel), kMarkMin) << line.name().toStdString();
    EXPECT_GE(contrast(t.markLine, t.mark), kMarkMin);
}

INSTANTIATE_TEST_SUITE_P(Themes, Contrast, ::testing::Bool(),
                         [](const auto& caseInfo) { return caseInfo.param ? "Dark" : "Light"; });

TEST(ContrastFormula, OfBlackAndWhiteIsTwentyOne)
{
    EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 0.01);
}

TEST(Icons, EveryFileInTheFolderIsAnIconAndEveryIconHasAFile)
{
    const QDir folder(QStringLiteral(COUNTERFOIL_SOURCE_DIR "/resources/icons"));
    const QStringList files = folder.entryList({QStringLiteral("*.svg")});
    ASSERT_EQ(files.size(), static_cast<qsizetype>(kIconCount));
    for (std::size_t i = 0; i < kIconCount; ++i)
        EXPECT_TRUE(files.contains(iconName(static_cast<Icon>(i)) + QStringLiteral(".svg")));
}

TEST(Icons, TakeTheColourThatIsAsked)
{
    for (std::size_t i = 0; i < kIconCount; ++i) {
        QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        drawIcon(painter, QRectF(0, 0, 32, 32), static_cast<Icon>(i), QColor(255, 0, 0));
        painter.end();
        int inked = 0;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() < 200)
                    continue;
                ++inked;
                EXPECT_GT(pixel.red(), 200);
                EXPECT_LT(pixel.green() + pixel.blue(), 40);
            }
        EXPECT_GT(inked, 8) << iconName(static_cast<Icon>(i)).toStdString();
    }
}

TEST(Icons, FollowTheThemeByToken)
{
    ThemeService& service = *ThemeService::instance();
    const QIcon made = icon(Icon::Tick, &Theme::ok);
    const auto strongest = [&made] {
        const QImage image = made.pixmap(32, 32).toImage();
        QColor best;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() == 255)
                    best = image.pixelColor(x, y);
        return best;
    };
    service.setMode(Mode::Light);
    EXPECT_EQ(strongest().rgb(), Theme::light().ok.rgb());
    service.setMode(Mode::Dark);
    EXPECT_EQ(strongest().rgb(), Theme::dark().ok.rgb());
    service.setMode(Mode::Light);
}

TEST(Fonts, AreOurOwnFacesInTheRightWeights)
{
    EXPECT_EQ(QRawFont::fromFont(font(FontRole::Body)).familyName(), QStringLiteral("Inter"));
    EXPECT_EQ(QRawFont::fromFont(font(FontRole::BodyStrong)).weight(),
              static_cast<int>(QFont::DemiBold));
    EXPECT_EQ(QRawFont::fromFont(font(FontRole::Micro)).weight(), static_cast<int>(QFont::Medium));
    EXPECT_EQ(QRawFont::fromFont(font(FontRole::Code)).familyName(),
              QStringLiteral("JetBrains Mono"));
}

TEST(Text, GivesEveryDigitTheSameWidth)
{
    const double zeros = Text::tabularWidth(QStringLiteral("0,000.00"), FontRole::BodyStrong);
    for (const QString& number :
         {QStringLiteral("1,111.11"), QStringLiteral("9,318.60"), QStringLiteral("4,747.47")})
        EXPECT_NEAR(Text::tabularWidth(number, FontRole::BodyStrong), zeros, 0.01);
    EXPECT_LT(Text::width(QStringLiteral("1,111.11"), FontRole::BodyStrong), zeros - 2)
        << "the face has tabular digits by itself: the test proves nothing";
}

TEST(Text, CannotBeTurnedByWhatAPlatformSends)
{
    EXPECT_EQ(Text::isolated(QStringLiteral("Plain Ltd")), QStringLiteral("Plain Ltd"));
    const QString hostile = QStringLiteral("Evil") + QChar(0x202E) + QStringLiteral("dtL\n\tnext");
    EXPECT_EQ(Text::isolated(hostile), QStringLiteral("EvildtL  next"));
    const QString hebrew = QString(QChar(0x05D0)) + QChar(0x05D1);
    EXPECT_EQ(Text::isolated(hebrew), QChar(0x2068) + hebrew + QChar(0x2069));
}

TEST(Text, IsNeverReadAsRichText)
{
    const QString markup = QStringLiteral("<b>x</b>");
    EXPECT_GT(Text::width(markup, FontRole::Body),
              3 * Text::width(QStringLiteral("x"), FontRole::Body));
}

TEST(ThemeService, ScalesTextAndHeightsTogether)
{
    ThemeService& service = *ThemeService::instance();
    int changes = 0;
    QObject context;
    QObject::connect(&service, &ThemeService::changed, &context, [&changes] { ++changes; });
    service.setTextPercent(128);
    EXPECT_EQ(current().textPercent, 130);
    EXPECT_EQ(current().px(metric::kRow), 57);
    EXPECT_EQ(font(FontRole::Body).pixelSize(), 17);
    service.setTextPercent(100);
    EXPECT_EQ(changes, 2);
    EXPECT_EQ(font(FontRole::Body).pixelSize(), 13);
}

TEST(ThemeService, MakesPaletteAndStyleSheetFromTokens)
{
    ThemeService& service = *ThemeService::instance();
    for (const Mode mode : {Mode::Dark, Mode::Light}) {
        service.setMode(mode);
        const Theme& t = current();
        EXPECT_EQ(t.isDark, mode == Mode::Dark);
        EXPECT_EQ(QApplication::palette().color(QPalette::Window), t.window);
        EXPECT_EQ(QApplication::palette().color(QPalette::ToolTipBase), t.text);
        EXPECT_EQ(QApplication::palette().color(QPalette::Disabled, QPalette::Text), t.text3);
        EXPECT_TRUE(qApp->styleSheet().contains(t.raised.name()));
        EXPECT_FALSE(qApp->styleSheet().contains(QLatin1Char('@'))) << "a token without a colour";
    }
}

} // namespace

} // namespace counterfoil::theme
