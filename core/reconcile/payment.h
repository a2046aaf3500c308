#pragma once

#include "core/reconcile/expected_credit.h"
#include "core/reconcile/shop_refunds.h"

#include <span>

namespace counterfoil::reconcile {

/// What law.md 2 says about the order of a case.
enum class OrderKind : std::uint8_t {
    Account,  ///< account or invoice, and no captured money that covers the returned value
    CardPaid, ///< money was captured that covers the returned value: it goes back to that card
    Other,    ///< a quote, or not an account order by its method
    NotJudged ///< problem says why
};

/// Method of payment and money seen. Amounts in the order's presentment currency.
struct Payment {
    domain::PaymentMethod method = domain::PaymentMethod::Unknown;
    std::string methodWord; ///< as the platform wrote it; empty: no platform named one
    domain::DocumentRef methodDocument;
    bool isMoneyRead = false;
    money::Money captured; ///< successful SALE and CAPTURE on gateways, less refunds that are not
                           ///< of this return
    money::Money manual;   ///< bank, cheque, cash
    /// Part of the order that no captured money covers: an account credit goes up to it (law.md 2).
    /// nullopt: the order's sum is not known.
    std::optional<money::Money> unpaid;
    std::vector<std::string> gateways;
    OrderKind kind = OrderKind::NotJudged;
    domain::Phrase problem;

    [[nodiscard]] bool isAccount() const { return kind == OrderKind::Account; }
    [[nodiscard]] bool hasAccountMethod() const
    {
        return method == domain::PaymentMethod::Account || method == domain::PaymentMethod::Invoice;
    }
};

/// The method that Shopify's order attribute names (sparklayer.md 6.5), or Unknown.
[[nodiscard]] domain::PaymentMethod paymentMethodOf(std::string_view word);

/// @param returnedValue gross value of the units that come back; captured money counts as covering
/// when it reaches this
/// @param refunds refunds that belong to this return: they take nothing off what was captured
[[nodiscard]] Payment paymentOf(const domain::CaseFacts& facts, const money::Money& returnedValue,
                                std::span<const ShopRefund> refunds = {});

/// Invoiced gross value of all returned units: due, forecast and not due together, before fees.
[[nodiscard]] money::Money returnedValue(const ExpectedCredit& expected);

/// Whether the SparkLayer balance is a book of this order: always for account orders, for invoice
/// orders only where the site says that invoices raise it (law.md 2).
[[nodiscard]] bool isBalanceBook(const Payment& payment, const domain::Policy& policy);

} // namespace counterfoil::reconcile
