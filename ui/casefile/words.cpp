#include "ui/casefile/words.h"

#include <QDateTime>
#include <QLocale>

namespace counterfoil::casefile {

QString systemName(view::System system)
{
    switch (system) {
    case view::System::SparkLayer:
        return QStringLiteral("SparkLayer");
    case view::System::Shopify:
        return QStringLiteral("Shopify");
    case view::System::ReturnGo:
        return QStringLiteral("ReturnGO");
    case view::System::Erp:
        return QStringLiteral("ERP");
    case view::System::ShouldBe:
        return QStringLiteral("Should be");
    }
    return {};
}

QString timeText(Instant at)
{
    return QLocale(QLocale::English)
        .toString(QDateTime::fromMSecsSinceEpoch(toMillis(at)), QStringLiteral("d MMM HH:mm"));
}

} // namespace counterfoil::casefile
