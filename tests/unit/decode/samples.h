#pragma once

#include <string>

/// Answers in the shapes of the platform notes, with made-up companies: one good one of every
/// endpoint. Tests change single values in them.
namespace counterfoil::samples {

/// @p amount as both halves of a MoneyBag.
inline std::string bag(const std::string& amount, const std::string& code = "GBP")
{
    return R"({"shopMoney":{"amount":")" + amount + R"(","currencyCode":")" + code +
           R"("},"presentmentMoney":{"amount":")" + amount + R"(","currencyCode":")" + code +
           R"("}})";
}

inline std::string orderNode()
{
    return R"({"id":"gid://shopify/Order/5820011223344","legacyResourceId":"5820011223344","name":"#1001",
 "createdAt":"2026-11-18T09:00:00Z","updatedAt":"2026-11-20T09:12:44Z","processedAt":"2026-11-18T09:00:00Z",
 "cancelledAt":null,"closed":false,"edited":false,"test":false,"confirmed":true,"displayFinancialStatus":"PENDING",
 "displayFulfillmentStatus":"FULFILLED","returnStatus":"IN_PROGRESS","unpaid":true,"fullyPaid":false,"refundable":false,
 "paymentGatewayNames":["Pay on Account"],"poNumber":null,"note":"PO-55810","tags":["b2b"],"sourceName":"web","taxesIncluded":false,
 "currencyCode":"GBP","presentmentCurrencyCode":"GBP",
 "customAttributes":[{"key":"sparkPaymentType","value":"paymentOnAccount"},{"key":"sparkCartId","value":"0b8f2a5e"}],
 "totalOutstandingSet":)" +
           bag("480.0") + R"(,"currentTotalPriceSet":)" + bag("480.00") +
           R"(,"totalRefundedSet":)" + bag("0.0") + R"(,
 "paymentTerms":{"paymentTermsType":"NET","paymentTermsName":"Net 30","overdue":false,"dueInDays":30},
 "customer":{"id":"gid://shopify/Customer/77","legacyResourceId":"77","tags":["b2b","trade"]},
 "purchasingEntity":{"__typename":"PurchasingCompany","company":{"id":"gid://shopify/Company/5","name":"Northwind Cafes Ltd","externalId":null},
  "location":{"id":"gid://shopify/CompanyLocation/6","name":"Leeds","externalId":null}}})";
}

inline std::string cost()
{
    return R"("extensions":{"cost":{"requestedQueryCost":642,"actualQueryCost":120,"throttleStatus":)"
           R"({"maximumAvailable":2000.0,"currentlyAvailable":1880,"restoreRate":100.0}}})";
}

/// {"data":{<data>}, extensions}
inline std::string answer(const std::string& data)
{
    return R"({"data":{)" + data + "}," + cost() + "}";
}

inline std::string pageInfo()
{
    return R"("pageInfo":{"hasNextPage":false,"endCursor":null})";
}

inline std::string ordersChanged()
{
    return answer(R"("orders":{"pageInfo":{"hasNextPage":true,"endCursor":"abc=="},"nodes":[)" +
                  orderNode() + "]}");
}

inline std::string orderLinesObject()
{
    return R"({"id":"gid://shopify/Order/5820011223344","updatedAt":"2026-11-20T09:12:44Z","edited":false,"taxesIncluded":false,
 "lineItems":{)" +
           pageInfo() +
           R"(,"nodes":[{"id":"gid://shopify/LineItem/91","sku":"KETTLE-1L","name":"Kettle 1 L","quantity":24,"currentQuantity":22,
 "refundableQuantity":22,"unfulfilledQuantity":0,"restockable":true,"customAttributes":[],
 "variant":{"id":"gid://shopify/ProductVariant/48","legacyResourceId":"48","inventoryItem":{"id":"gid://shopify/InventoryItem/1","tracked":true}},
 "originalUnitPriceSet":)" +
           bag("20.00") + R"(,"discountedUnitPriceAfterAllDiscountsSet":)" + bag("14.9991") +
           R"(,"priceAfterAllDiscountsBeforeTaxesSet":)" + bag("330.00") +
           R"(,"taxLines":[{"rate":0.2,"priceSet":)" + bag("72.00") + "}]}]}}";
}

inline std::string orderLines()
{
    return answer(R"("order":)" + orderLinesObject());
}

inline std::string orderMoneyObject()
{
    return R"({"id":"gid://shopify/Order/5820011223344","updatedAt":"2026-11-20T09:12:44Z","totalOutstandingSet":)" +
           bag("432.0") + R"(,"netPaymentSet":)" + bag("48.0") + R"(,"totalReceivedSet":)" +
           bag("60.0") +
           R"(,"transactions":[{"id":"gid://shopify/OrderTransaction/1","kind":"SALE","status":"SUCCESS","gateway":"manual",
 "formattedGateway":"Bank","manualPaymentGateway":true,"createdAt":"2026-11-19T10:00:00Z","processedAt":"2026-11-19T10:00:00Z","errorCode":null,
 "amountSet":)" +
           bag("60.0") + R"(,"parentTransaction":null}],
 "paymentTerms":null,"refunds":[{"id":"gid://shopify/Refund/8","legacyResourceId":"8","createdAt":"2026-11-20T08:00:00Z","processedAt":null,"note":"part",
 "totalRefundedSet":)" +
           bag("12.0") + R"(,"return":{"id":"gid://shopify/Return/31","name":"#1001-R1"},
 "refundLineItems":{"pageInfo":{"hasNextPage":false},"nodes":[{"quantity":1,"restockType":"RETURN","restocked":true,"location":{"id":"gid://shopify/Location/22"},
  "lineItem":{"id":"gid://shopify/LineItem/91"},"subtotalSet":)" +
           bag("10.0") + R"(}]},
 "transactions":{"nodes":[{"id":"gid://shopify/OrderTransaction/2","kind":"REFUND","status":"SUCCESS","gateway":"manual","amountSet":)" +
           bag("12.0") + "}]}}]}";
}

inline std::string orderMoney()
{
    return answer(R"("order":)" + orderMoneyObject());
}

inline std::string orderReturnsObject()
{
    return R"({"id":"gid://shopify/Order/5820011223344","returnStatus":"IN_PROGRESS","returns":{)" +
           pageInfo() +
           R"(,"nodes":[{"id":"gid://shopify/Return/31","name":"#1001-R1","status":"OPEN","createdAt":"2026-11-21T08:00:00Z",
 "requestApprovedAt":"2026-11-21T08:10:00Z","closedAt":null,"totalQuantity":3,
 "returnLineItems":{)" +
           pageInfo() +
           R"(,"nodes":[{"__typename":"ReturnLineItem","id":"gid://shopify/ReturnLineItem/41","quantity":3,"processableQuantity":3,"processedQuantity":2,
  "unprocessedQuantity":1,"refundableQuantity":3,"refundedQuantity":0,"returnReasonNote":"","customerNote":null,"returnReasonDefinition":{"handle":"unwanted"},
  "fulfillmentLineItem":{"id":"gid://shopify/FulfillmentLineItem/61","lineItem":{"id":"gid://shopify/LineItem/91"}},"withCodeDiscountedTotalPriceSet":)" +
           bag("45.0") + R"(}]},
 "reverseFulfillmentOrders":{"nodes":[{"id":"gid://shopify/ReverseFulfillmentOrder/71","status":"OPEN","lineItems":{"nodes":[
  {"id":"gid://shopify/ReverseFulfillmentOrderLineItem/51","totalQuantity":3,"fulfillmentLineItem":{"id":"gid://shopify/FulfillmentLineItem/61"},
   "dispositions":[{"id":"gid://shopify/ReverseFulfillmentOrderDisposition/81","type":"RESTOCKED","quantity":2,"createdAt":"2026-11-22T08:00:00Z","location":{"id":"gid://shopify/Location/11"}}]}]},
  "reverseDeliveries":{"nodes":[]}}]},
 "refunds":{"nodes":[{"id":"gid://shopify/Refund/8","totalRefundedSet":)" +
           bag("12.0") + "}]}}]}}";
}

inline std::string orderReturns()
{
    return answer(R"("order":)" + orderReturnsObject());
}

inline std::string orderAgreementsObject()
{
    return R"({"id":"gid://shopify/Order/5820011223344","edited":true,"agreements":{)" +
           pageInfo() +
           R"(,"nodes":[{"__typename":"OrderEditAgreement","id":"gid://shopify/OrderEditAgreement/1","happenedAt":"2026-11-22T09:00:00Z","reason":"ORDER_EDIT",
 "app":{"id":"gid://shopify/App/9","title":"Admin"},"sales":{"pageInfo":{"hasNextPage":false},"nodes":[{"__typename":"ProductSale","actionType":"UPDATE","lineType":"PRODUCT",
  "quantity":0,"totalAmount":)" +
           bag("-12.0") + R"(,"lineItem":{"id":"gid://shopify/LineItem/91"}}]}}]}})";
}

inline std::string orderAgreements()
{
    return answer(R"("order":)" + orderAgreementsObject());
}

inline std::string draftsChanged()
{
    return answer(
        R"("draftOrders":{)" + pageInfo() +
        R"(,"nodes":[{"id":"gid://shopify/DraftOrder/12","legacyResourceId":"12","name":"#D12","status":"OPEN","createdAt":"2026-11-18T09:00:00Z",
 "updatedAt":"2026-11-19T09:00:00Z","completedAt":null,"poNumber":"PO-1","tags":[],"customAttributes":[],"order":null,
 "customer":{"id":"gid://shopify/Customer/77"},"totalPriceSet":)" +
        bag("99.50") + "}]}");
}

inline std::string accountObject()
{
    return R"({"id":"gid://shopify/Customer/77","legacyResourceId":"77","tags":["b2b"],"taxExempt":false,
 "companyContactProfiles":[{"company":{"id":"gid://shopify/Company/5","name":"Northwind Cafes Ltd"}}],
 "metafield":{"id":"gid://shopify/Metafield/1","type":"json","value":"{\"credit_limit\":1000,\"currency_code\":\"gbp\",\"balance\":250.50,\"net_terms\":30}",
  "compareDigest":"d1","updatedAt":"2026-11-20T09:00:00Z","definition":null},
 "receipts":{"id":"gid://shopify/Metafield/2","type":"json","value":"[{\"action\":\"a1\",\"units\":2,\"amount\":\"36.00\",\"currency\":\"GBP\",\"at\":\"2026-11-20T08:00:00Z\"}]",
  "compareDigest":"d2","updatedAt":"2026-11-20T09:00:00Z"}})";
}

inline std::string accountMetafield()
{
    return answer(R"("customer":)" + accountObject());
}

inline std::string setup()
{
    return answer(
        R"("shop":{"name":"Larkfield Supply UK","currencyCode":"GBP","ianaTimezone":"Europe/London","taxesIncluded":false,
 "plan":{"publicDisplayName":"Shopify","shopifyPlus":false}},"currentAppInstallation":{"app":{"id":"gid://shopify/App/1","title":"Counterfoil"},
 "accessScopes":[{"handle":"read_orders"},{"handle":"write_inventory"}]},"publicApiVersions":[{"handle":"2026-07","supported":true},{"handle":"unstable","supported":false}],
 "inventoryProperties":{"quantityNames":[{"name":"available","displayName":"Available","belongsTo":["on_hand"],"comprises":[],"isInUse":true}]},
 "locations":{"nodes":[{"id":"gid://shopify/Location/11","legacyResourceId":"11","name":"Quarantine","isActive":true,"fulfillsOnlineOrders":false,"isFulfillmentService":false}]})");
}

inline std::string locationStock()
{
    return answer(
        R"("location":{"id":"gid://shopify/Location/11","name":"Quarantine","isActive":true,"fulfillsOnlineOrders":false,"inventoryLevels":{)" +
        pageInfo() +
        R"(,"nodes":[{"id":"gid://shopify/InventoryLevel/1?inventory_item_id=1","isActive":true,"updatedAt":"2026-11-20T09:00:00Z",
 "quantities":[{"name":"available","quantity":-3,"updatedAt":"2026-11-20T08:00:00Z"}],
 "item":{"id":"gid://shopify/InventoryItem/1","legacyResourceId":"1","sku":"KETTLE-1L","tracked":true}}]}})");
}

inline std::string twoLevels()
{
    return answer(
        R"("inventoryItem":{"id":"gid://shopify/InventoryItem/1","sku":"KETTLE-1L","tracked":true,
 "from":{"id":"l1","isActive":true,"updatedAt":"2026-11-20T09:00:00Z","quantities":[{"name":"available","quantity":3,"updatedAt":null}]},"to":null})");
}

inline std::string bulkFile()
{
    // The line comes before its order: children stand anywhere.
    return R"({"id":"gid://shopify/LineItem/91","sku":"A-1","name":"A","quantity":4,"currentQuantity":4,"refundableQuantity":4,"unfulfilledQuantity":0,"customAttributes":[],"variant":null,"originalUnitPriceSet":)" +
           bag("120.0") + R"(,"discountedUnitPriceAfterAllDiscountsSet":)" + bag("120.0") +
           R"(,"priceAfterAllDiscountsBeforeTaxesSet":)" + bag("480.0") +
           R"(,"taxLines":[],"__parentId":"gid://shopify/Order/5820011223344"})"
           "\n"
           R"({"id":"gid://shopify/Order/5820011223344","name":"#1001","updatedAt":"2026-11-20T09:12:44Z","edited":false,"displayFinancialStatus":"PENDING","returnStatus":"NO_RETURN","poNumber":null,"tags":["b2b"],"paymentGatewayNames":[],"customAttributes":[{"key":"sparkPaymentType","value":"paymentOnAccount"}],"totalOutstandingSet":{"presentmentMoney":{"amount":"480.0","currencyCode":"GBP"}}})"
           "\n\n"
           R"({"id":"gid://shopify/Return/31","name":"#1001-R1","status":"OPEN","createdAt":"2026-11-21T08:00:00Z","closedAt":null,"__parentId":"gid://shopify/Order/5820011223344"})"
           "\n";
}

inline std::string bulkPoll()
{
    return answer(
        R"("bulkOperation":{"id":"gid://shopify/BulkOperation/1","status":"COMPLETED","errorCode":null,"objectCount":"3","rootObjectCount":"1",
 "fileSize":"900","url":"http://127.0.0.1:1/file","partialDataUrl":null,"createdAt":"2026-11-20T09:00:00Z","completedAt":"2026-11-20T09:01:00Z"})");
}

inline std::string bulkStart()
{
    return answer(
        R"("bulkOperationRunQuery":{"bulkOperation":{"id":"gid://shopify/BulkOperation/1","status":"CREATED"},"userErrors":[]})");
}

inline std::string metafieldsSet()
{
    return answer(
        R"("metafieldsSet":{"metafields":[{"id":"gid://shopify/Metafield/1","namespace":"sparklayer","key":"payment_on_account","type":"json","value":"{\"balance\":1}","compareDigest":"d3","updatedAt":"2026-11-20T09:00:00Z"}],"userErrors":[]})");
}

inline std::string inventoryAdjust()
{
    return answer(
        R"("inventoryAdjustQuantities":{"inventoryAdjustmentGroup":{"id":"gid://shopify/InventoryAdjustmentGroup/1","createdAt":"2026-11-20T09:00:00Z","reason":"restock",
 "referenceDocumentUri":"gid://counterfoil/Release/a1","changes":[{"name":"available","delta":-3,"quantityAfterChange":null,"location":{"id":"gid://shopify/Location/11"},"item":{"id":"gid://shopify/InventoryItem/1"}}]},"userErrors":[]})");
}

inline std::string orderUpdate()
{
    return answer(
        R"("orderUpdate":{"order":{"id":"gid://shopify/Order/1","poNumber":"PO-1","updatedAt":"2026-11-20T09:00:00Z"},"userErrors":[]})");
}

// ---- SparkLayer -------------------------------------------------------------------------------

inline std::string purchase()
{
    return R"({"type":"order","purchase_identifiers":{"sparklayer":"0b8f2a5e-6d1c-4f0e-9a77-2c4f1f0a9d31","platform":"5820011223344","internal":"SO-77120","visible":"#B2B1042"},
 "customer_identifiers":{"sparklayer":"5d0c3f1a-88a1-4d7e-b9d0-0f2f6f9f1c55"},"payment_method":"on_account",
 "dates":{"created_at":"2025-03-03T09:12:00+00:00","updated_at":"2025-03-09T14:40:00+00:00","placed_at":"2025-03-03T09:14:10+00:00"},
 "customer_reference":"PO-55810","currency_code":"gbp","calculated_total":{"number":"432.00","currency":"GBP"},"total_paid":{"number":"0.00","currency":"GBP"},
 "calculated_fulfilment_status":"shipped","packages":[{"type":"shipped","identifiers":{"sparklayer_package_id":"a8b31f3e"},"line_items":[
  {"identifiers":{"sku":"KETTLE-1L"},"name_parent":"Kettle 1 L","quantity":24,"line_total":{"total_net":{"number":"360.00","currency":"GBP"},
   "total_tax":{"number":"72.00","currency":"GBP"},"total_gross":{"number":"432.00","currency":"GBP"},"discount_net":{"number":"0.00","currency":"GBP"}},
   "tax_lines":[{"title":"VAT","amount":{"number":"72.00","currency":"GBP"},"rate":20}]}]}],
 "accounting_files":[],"custom_fields":[],"metadata":[]})";
}

inline std::string sparkTransactions()
{
    return R"([{"platform_id":"tx-1","total":{"number":"36.00","currency":"GBP"},"apply_to_balance":true,"full_transaction":{}},
 {"platform_id":"tx-2","total":"-4.50","apply_to_balance":0,"full_transaction":{}}])";
}

inline std::string sparkStock()
{
    return R"([{"sku":"KETTLE-1L","stock_levels":[{"stock_location_id":"sl_1","stock_level":7,"restock_date":null,"min_stock_level":0}]}])";
}

inline std::string sparkPrices()
{
    return R"([{"sku":"KETTLE-1L","price_list_slug":"uk-trade","pricing":[{"quantity":1,"price":{"number":"18.00","currency":"GBP"}},{"quantity":24,"price":{"number":"15.00","currency":"GBP"}}]}])";
}

inline std::string sparkToken()
{
    return R"({"access_token":"made-up-token","expires_in":3600})";
}

// ---- ReturnGO ---------------------------------------------------------------------------------

inline std::string rmas()
{
    return R"({"rmas":[{"rmaId":"7000412","status":"Received","order_name":"B2B-1042","events":[
 {"eventName":"RMA_CREATED","eventDate":"2026-03-02T09:14:05+00:00","triggeredVia":"Return Portal","storeLocationId":"online","userDetails":null},
 {"eventName":"RMA_APPROVED","eventDate":"2026-03-02T10:01:40+00:00","triggeredVia":"Dashboard","storeLocationId":"online","userDetails":null}]}],
 "next_cursor":"cmV0dXJucy5pZDo3MDAwNDEy"})";
}

inline std::string rmaTransactionRow()
{
    return R"({"id":9100001,"type":"RefundToStoreCredit","externalReferenceId":"RG-EXAMPLE1","externalReferenceType":"StoreCreditCode",
 "amount":{"amount":18.5,"currency":"GBP","shopAmount":18.5,"shopCurrency":"GBP"},"status":"Success","processor":"Shopify","bankAccountDetails":null,
 "returnItemIds":["3300017"],"createdAt":"2026-03-10T11:00:00+00:00","lastUpdated":"2026-03-10T11:00:07+00:00"})";
}

inline std::string rmaTransactions()
{
    return R"({"transactions":[)" + rmaTransactionRow() + R"(],"next_cursor":"OTEwMDAwMQ=="})";
}

inline std::string rmaDetail()
{
    return R"({"rmaSummary":{"rmaId":"7000412","status":"Received","order_name":"B2B-1042","events":[{"eventName":"RMA_APPROVED","eventDate":"2026-03-02T10:01:40+00:00"}]},
 "orderDetails":{"orderId":"5550001112223","order_name":"B2B-1042"},
 "shipments":[{"shipmentId":"880011","status":"Received","carrierName":"Sample Freight","requestedServiceLevel":null,"actualServiceLevel":null,"trackingNumber":"SF-100200",
  "trackingURL":"https://track.example/SF-100200","labelURL":null,"isOutbound":false}],
 "items":[{"returnedItemId":"3300017","shopLineItemId":"14000000000001","shopProductId":"9000000000001","variantId":"48000000000001","fullName":"Espresso beans 1 kg","sku":"BEAN-1KG","barcode":"",
  "paidPrice":{"amount":18.5,"currency":"GBP","shopAmount":18.5,"shopCurrency":"GBP"},"paidTax":{"amount":0,"currency":"GBP","shopAmount":0,"shopCurrency":"GBP"},
  "taxIncluded":false,"returnReason":"Damaged","extendedReason":"","resolutionType":"RefundToPaymentMethod","resolutionName":"Refund to payment method","policyRuleName":"Trade | Refund",
  "isAutoApprove":0,"restockingFee":1.25,"returnFee":0,"shipmentFee":0,"shipmentId":"880011","returnMethod":{"type":"Ship with any carrier","name":"Courier"},
  "itemValidationStatusResponse":{"isRestockable":false,"isReturned":false,"nonRestockableReason":null,"nonReturnedReason":null,"storeLocationId":null,"lastValidationDate":null,"lastValidatedBy":null,"thirdPartyName":null,"userDetails":null},
  "exchangeItems":[],"followUpQuestions":[{"type":"Text","name":"Your PO number","answer":{"textAnswer":"PO-88172"}}]}],
 "comments":[{"commentType":"system","triggeredBy":"Automation","htmlText":"Shipment <strong>RECEIVED</strong>","datetime":"2026-03-09T08:30:00+00:00"},
  {"commentType":"merchant","triggeredBy":"A. Person","htmlText":"Shipment received later, see <a href=\"https://x.example\">note</a> &amp; call","datetime":"2026-03-11T08:30:00+00:00"},
  {"commentType":"system","triggeredBy":"A. Person","htmlText":"Request <b>APPROVED</b>","datetime":"2026-03-02T10:01:42+00:00"}],
 "exchangeOrders":[],"exchangeItems":[],"cancellationFee":0,"transactions":[)" +
           rmaTransactionRow() + R"(],
 "createdAt":"2026-03-02T09:14:05+00:00","lastUpdated":"2026-03-02T10:01:42+00:00","isOutOfPolicy":0})";
}

/// @p text with the first @p from replaced; the text must hold it.
inline std::string with(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? std::string("sample does not hold: ") + from
                                   : text.replace(at, from.size(), to);
}

} // namespace counterfoil::samples
