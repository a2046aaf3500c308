#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/order.h"
#include "core/domain/rma.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::decode {

/// Everything about Shopify that the shops may do otherwise (shopify.md 11). Intervals are those of
/// the loops A to G of shopify.md 4.1.
struct ShopifyAdapter {
    std::string apiVersion;
    Millis ordersDelta{}, ordersOverlap{}, returnsSweep{}, openAccountOrders{}, drafts{},
        quarantineStock{}, fullSweep{};
    std::string firstLoad; ///< "bulk" or "paging"
    std::int64_t historyDays = 0;
    std::int64_t operatorReserve = 0;              ///< cost points kept for clicks
    std::map<std::string, std::int64_t> pageSizes; ///< by document name
    std::string releaseMode;                       ///< "adjust", "transfer" or "off"
    std::string releaseReason, releaseReasonFallback;
    std::string disposeMode; ///< "none": PROCESSING_REQUIRED moves no quantity
    bool activateBeforeRelease = true;
    bool processWithoutMoney = false;
    bool closeAfterProcess = false;
    std::vector<std::string> returngoAppIds, consoleAppIds;

    std::string balanceOwner; ///< "customer"
    std::string balanceNamespace, balanceMetafield;
    std::string receiptsNamespace, receiptsMetafield;
    std::string balanceKey, creditLimitKey, currencyKey, netTermsKey; ///< keys inside the balance
    bool balanceIsOwed = true;
    std::string writableAccess; ///< definition.access.admin that lets other apps write

    std::string paymentTypeAttribute, cartIdAttribute, chargedPriceAttribute;
    bool chargedPriceIsNet = true;
    std::map<std::string, domain::PaymentMethod> paymentTypes; ///< words of paymentTypeAttribute
    std::vector<std::string> poAttributes;                     ///< order attributes that hold a PO
    std::string poWriteTarget;                                 ///< "poNumber"
    std::vector<std::string> b2bTags;
};

/// Everything about SparkLayer that is not proven (sparklayer.md 13).
struct SparklayerAdapter {
    Millis purchasesDelta{}, purchasesOverlap{}, fullSweep{};
    std::int64_t pageLimit = 0;
    std::int64_t ratePerSecond = 0, inFlightMax = 0;
    std::int64_t conflictRetriesTransaction = 0, conflictRetriesPurchase = 0;
    std::map<std::string, std::string> paths;  ///< purchase, transactions, history, customer ...
    std::map<std::string, std::string> fields; ///< our word -> JSON pointer inside its record
    std::vector<std::string> lineSkuPaths, linePlatformIdPaths; ///< first one that is filled wins
    std::map<std::string, domain::PaymentMethod> paymentMethods;
    std::map<std::string, std::string> packageTypes; ///< word, folded -> returned, cancelled ...
    std::string transactionTotalShape;               ///< "money" or "text"
    bool discountAlreadyInTotal = true;
    bool allowCreditBalance = false;
    std::string childBalanceOwner; ///< "ordering-customer"
    std::string creditRouteProof;  ///< "required": a transaction's sign must be proven first
    std::string webhooks;          ///< "none"
};

/// Everything about ReturnGO that is not proven (returngo.md 14).
struct ReturngoAdapter {
    std::string baseUrl, keyHeader, shopHeader;
    std::int64_t dailyCap = 0, seats = 1, reservedForOthers = 0;
    Millis window{};
    Millis openSweep{}, transactionSweep{}, changedSweep{}, overlap{};
    std::int64_t pageSize = 0;
    bool trustUpdatedFilter = false;
    std::map<std::string, domain::RmaStatus> rmaStatuses;
    std::map<std::string, domain::ShipmentStatus> shipmentStatuses;
    std::map<std::string, domain::Resolution> resolutions;
    std::map<std::string, domain::RmaTransactionType> transactionTypes;
    std::map<std::string, domain::RmaTransactionStatus> transactionStatuses;
    std::map<std::string, std::string> events; ///< event name -> created, approved ...
    std::map<std::string, std::string> fields; ///< our word -> JSON pointer inside its record
    /// What a time-line text means (received, approved, canceled, reopened, done): parts of the
    /// plain text, lower case.
    std::map<std::string, std::vector<std::string>> timeline;
    std::string keepItemMethod; ///< returnMethod.type of a return without shipment
    std::string commentBodyKey;
    bool setStatusEnabled = false, transactionUpdateEnabled = false, validateItemsEnabled = false,
         createRmaEnabled = false;
    std::string setStatusTemplate, transactionUpdateTemplate, validateItemsPath,
        validateItemsTemplate;
    bool paidPriceIsNet = true;
    std::string feeAggregation;
    std::int64_t creditToleranceMinor = 1;
    std::map<std::string, std::int64_t> bonusAllowanceMinor; ///< by resolution name
    bool validationEnabled = false, inspectionAfterDoneOk = true;
    bool platformRefundIdIsShopifyRefundId = true;
    bool mapTransactionsByReturnItem = true;
    std::string deepLink;        ///< "{{id}}" stands for the RMA id
    std::string filterTimestamp; ///< strftime form, UTC
};

struct Adapters {
    ShopifyAdapter shopify;
    SparklayerAdapter sparklayer;
    ReturngoAdapter returngo;
};

/// The default files, compiled in from resources/adapters/*.json.
[[nodiscard]] std::string_view defaultShopifyAdapter();
[[nodiscard]] std::string_view defaultSparklayerAdapter();
[[nodiscard]] std::string_view defaultReturngoAdapter();

/// Reads the three adapter files. Every key must be there and known. Errors: Config, naming the
/// path ("returngo.fields.rma_id: expected a text").
[[nodiscard]] Result<Adapters> parseAdapters(std::string_view shopifyJson,
                                             std::string_view sparklayerJson,
                                             std::string_view returngoJson);

/// The defaults with a site's overrides laid over them: a JSON object with any of the keys
/// "shopify", "sparklayer" and "returngo", each a part of the default file's tree. An empty text
/// changes nothing. Errors: Config, naming the path of an unknown key or a wrong type.
[[nodiscard]] Result<Adapters> withOverrides(std::string_view overridesJson);

/// The compiled-in defaults, read once.
[[nodiscard]] const Adapters& defaultAdapters();

} // namespace counterfoil::decode
