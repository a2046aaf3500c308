#include "ui/firstrun/wizard_words.h"

namespace counterfoil::firstrun {

QString stepTitle(Step step)
{
    switch (step) {
    case Step::Shopify:
        return WizardFoot::tr("Connect Shopify");
    case Step::SparkLayer:
        return WizardFoot::tr("Connect SparkLayer");
    case Step::ReturnGo:
        return WizardFoot::tr("Connect ReturnGO");
    case Step::Erp:
        return WizardFoot::tr("ERP");
    case Step::MoneyRules:
        return WizardFoot::tr("Money rules");
    case Step::GoLive:
        return WizardFoot::tr("Go-live line and first read");
    }
    return {};
}

QString stepLead(Step step)
{
    switch (step) {
    case Step::Shopify:
        return WizardFoot::tr("Counterfoil reads orders, refunds, returns, stock and account "
                              "balances from Shopify. Every shop needs this step.");
    case Step::SparkLayer:
        return WizardFoot::tr("Counterfoil reads purchases, payments on account and price lists "
                              "from SparkLayer. Without it trade prices cannot be explained.");
    case Step::ReturnGo:
        return WizardFoot::tr("Counterfoil reads returns, units, inspection results and refunds "
                              "from ReturnGO. One key covers all shops of one owner.");
    case Step::Erp:
        return WizardFoot::tr("An ERP can be added later.");
    case Step::MoneyRules:
        return WizardFoot::tr("Who may decide what. Skip this step and Counterfoil stays read "
                              "only: it shows what is wrong and sends nothing.");
    case Step::GoLive:
        return WizardFoot::tr("From which day returns are judged, and where the local copy is "
                              "kept.");
    }
    return {};
}

StepUses stepUses(Step step)
{
    switch (step) {
    case Step::Shopify:
        return {WizardFoot::tr("Orders, refunds, returns, stock levels, account metafields"),
                WizardFoot::tr("Account credit, release of inspected stock, PO number of an order"),
                WizardFoot::tr("Refund a card. Counterfoil has no call for it")};
    case Step::SparkLayer:
        return {WizardFoot::tr("Purchases and their payments, price lists, stock"),
                WizardFoot::tr("Nothing: the account balance is written through Shopify"),
                WizardFoot::tr("Change a price or a customer")};
    case Step::ReturnGo:
        return {WizardFoot::tr("Returns and their units, inspection results, shipments, refunds"),
                WizardFoot::tr("Nothing yet"),
                WizardFoot::tr("Change an amount, a resolution or a fee, or void a refund. "
                               "ReturnGO offers no call for it")};
    case Step::Erp:
    case Step::MoneyRules:
    case Step::GoLive:
        return {};
    }
    return {};
}

Choices roleChoices()
{
    return {{"finance-clerk", WizardFoot::tr("Finance clerk")},
            {"finance-approver", WizardFoot::tr("Finance approver")},
            {"finance-lead", WizardFoot::tr("Finance lead")},
            {"warehouse-operative", WizardFoot::tr("Warehouse operative")},
            {"warehouse-lead", WizardFoot::tr("Warehouse lead")},
            {"cx-agent", WizardFoot::tr("Customer service")},
            {"integration-admin", WizardFoot::tr("Integration")},
            {"auditor", WizardFoot::tr("Auditor, reads only")}};
}

Choices routeChoices()
{
    return {{"none", WizardFoot::tr("Not from here (read only)")},
            {"metafield", WizardFoot::tr("Account balance metafield in Shopify")}};
}

Choices inspectionChoices()
{
    return {{"yes", WizardFoot::tr("Yes, every unit needs a verdict")},
            {"no", WizardFoot::tr("No, receipt is enough")}};
}

void WizardFoot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
    widgets::hairline(painter, 0, 0, width(), theme::current().line2);
}

} // namespace counterfoil::firstrun
