#include "app/console/pictures.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QHash>
#include <QImage>
#include <QPixmap>
#include <QTimer>

#include "ui/actions/sheets.h"
#include "ui/casefile/case_pane.h"
#include "ui/firstrun/first_run_wizard.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme_service.h"

#include <algorithm>
#include <array>
#include <climits>
#include <functional>
#include <optional>

namespace counterfoil::console {
namespace {

constexpr int kCaseWaitMillis = 30'000;
/// A page or sheet asks the engine thread and draws: long enough for a slow machine.
constexpr int kSettleMillis = 1'500;
constexpr std::size_t kCasesLooked = 60;
/// Login of who releases stock at the built-in shop.
constexpr const char* kWarehouseLead = "nora";
/// Zlib's best, in Qt's terms.
constexpr int kSmallest = 0;

void settle(int millis = kSettleMillis)
{
    QEventLoop loop;
    QTimer::singleShot(millis, &loop, &QEventLoop::quit);
    loop.exec();
}

struct Case {
    std::string site;
    CaseId id;
};

int apart(QRgb a, QRgb b)
{
    const int red = qRed(a) - qRed(b);
    const int green = qGreen(a) - qGreen(b);
    const int blue = qBlue(a) - qBlue(b);
    return red * red + green * green + blue * blue;
}

/// A picture with 256 colours, most used first, none close to another: a rare red keeps its place
/// beside the many greys of the letters' edges. The file is a third.
QImage withFewColours(const QImage& image)
{
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < plain.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(plain.constScanLine(y));
        for (int x = 0; x < plain.width(); ++x)
            ++counts[line[x]];
    }
    QList<QRgb> colours = counts.keys();
    std::sort(colours.begin(), colours.end(), [&counts](QRgb a, QRgb b) {
        const int first = counts.value(a);
        const int second = counts.value(b);
        return first != second ? first > second : a < b;
    });
    constexpr int kClose = 192; // 8 a channel
    QList<QRgb> kept;
    for (const QRgb colour : colours) {
        const bool isNew = std::none_of(kept.begin(), kept.end(), [colour](QRgb other) {
            return apart(colour, other) < kClose;
        });
        // The grounds of the design stand close together and each fills much: they stay exact.
        if (isNew || counts.value(colour) > plain.width() * 2)
            kept.append(colour);
        if (kept.size() == 256)
            break;
    }
    colours = kept;
    QHash<QRgb, uchar> nearest;
    for (auto count = counts.constBegin(); count != counts.constEnd(); ++count) {
        int best = INT_MAX;
        for (qsizetype i = 0; i < colours.size() && best > 0; ++i) {
            const int away = apart(count.key(), colours[i]);
            if (away < best) {
                best = away;
                nearest.insert(count.key(), static_cast<uchar>(i));
            }
        }
    }
    QImage indexed(plain.size(), QImage::Format_Indexed8);
    indexed.setColorTable(colours);
    for (int y = 0; y < plain.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(plain.constScanLine(y));
        uchar* out = indexed.scanLine(y);
        for (int x = 0; x < plain.width(); ++x)
            out[x] = nearest.value(line[x]);
    }
    return indexed;
}

/// Makes the first row of that type current, where there is one: it has the most to compare.
void selectType(shell::MainWindow& window, domain::FindingType type)
{
    const models::QueueModel& model = window.queuePage()->model();
    for (int i = 0; i < model.count(); ++i) {
        const auto row = model.exceptionOf(model.idAt(i));
        if (row && row->type == type && !row->customer.empty()) {
            window.queuePage()->list()->setCurrentId(model.idAt(i));
            return;
        }
    }
}

/// The first case of the queue for which @p isIt holds.
std::optional<Case> findCase(shell::MainWindow& window,
                             const std::function<bool(const view::CaseView&)>& isIt)
{
    const auto table = window.source()->queue();
    std::optional<Case> found;
    for (std::size_t i = 0; table && !found && i < std::min(table->size(), kCasesLooked); ++i) {
        const view::QueueRow row = table->row(i);
        QEventLoop loop;
        window.source()->readCase(&loop, row.site, row.caseId, [&](Result<view::CaseView> answer) {
            if (answer && isIt(*answer))
                found = Case{row.site, row.caseId};
            loop.quit();
        });
        loop.exec();
    }
    return found;
}

/// One scene in both themes and sizes.
bool saveScene(QWidget& window, const QString& folder, const char* scene)
{
    struct Shot {
        const char* mode;
        theme::Mode theme;
        int width, height;
    };
    static constexpr std::array<Shot, 4> kShots{{{"light", theme::Mode::Light, 1440, 900},
                                                 {"dark", theme::Mode::Dark, 1440, 900},
                                                 {"light", theme::Mode::Light, 1100, 700},
                                                 {"dark", theme::Mode::Dark, 1100, 700}}};
    bool isSaved = true;
    for (const Shot& shot : kShots) {
        theme::ThemeService::install().setMode(shot.theme);
        const QString name = QStringLiteral("%1-%2-%3.png")
                                 .arg(QLatin1String(scene), QLatin1String(shot.mode))
                                 .arg(shot.width);
        isSaved =
            savePicture(window, shot.width, shot.height, QDir(folder).filePath(name)) && isSaved;
    }
    theme::ThemeService::install().setMode(theme::Mode::Light);
    return isSaved;
}

bool saveSheet(shell::MainWindow& window, actionsheets::ActionSheet* sheet, const QString& folder,
               const char* scene)
{
    if (!sheet)
        return false;
    settle();
    const bool isSaved = saveScene(window, folder, scene);
    sheet->close();
    settle(50);
    return isSaved;
}

/// Looks at the units of one lot in quarantine as the warehouse lead would, so that something can
/// be released: all A-grade, the last one B. The case, or nothing when no lot can be released.
std::optional<Case> inspectOneLot(shell::MainWindow& window)
{
    workspace::Workspace& source = *window.source();
    QEventLoop loop;
    std::vector<view::LotView> lots;
    source.readQuarantine(&loop, [&](Result<view::QuarantineView> answer) {
        if (answer)
            lots = std::move(answer->lots);
        loop.quit();
    });
    loop.exec();
    std::stable_sort(lots.begin(), lots.end(), [](const auto& a, const auto& b) {
        return a.units > b.units; // a lot that shows something
    });
    for (std::size_t i = 0; i < std::min<std::size_t>(lots.size(), 8); ++i) {
        const view::LotView& lot = lots[i];
        std::vector<domain::Inspection> rows;
        for (const view::InspectionUnit& unit : lot.rows) {
            domain::Inspection row;
            row.rma = RmaId(lot.rma);
            row.unit = unit.unit;
            row.verdict = unit.ordinal == lot.units ? domain::UnitVerdict::BGrade
                                                    : domain::UnitVerdict::AGrade;
            rows.push_back(std::move(row));
        }
        source.inspect(&loop, lot.site, lot.caseId, std::move(rows),
                       [&](Result<void>) { loop.quit(); });
        loop.exec();
        bool isFree = false;
        source.previewRelease(&loop, lot.site, lot.caseId, [&](Result<view::ReleasePreview> plan) {
            isFree = plan && plan->release.isAllowed;
            loop.quit();
        });
        loop.exec();
        if (isFree)
            return Case{lot.site, lot.caseId};
    }
    return std::nullopt;
}

bool saveSheets(shell::MainWindow& window, const QString& folder)
{
    const auto mayCredit = [](const view::CaseView& view) { return view.credit.isAllowed; };
    const auto isDue = [](const view::CaseView& view) {
        return std::any_of(view.findings.begin(), view.findings.end(), [](const auto& row) {
            return row.type == domain::FindingType::CreditNotPosted;
        });
    };
    auto credit = findCase(window, mayCredit);
    if (!credit)
        credit = findCase(window, isDue);
    if (!credit)
        return true; // an empty store has no sheet to show
    bool isSaved = saveSheet(
        window,
        actionsheets::openCreditSheet(window.source(), window.content(), credit->site, credit->id),
        folder, "credit-sheet");
    const std::string before = window.source()->person();
    window.source()->setPerson(kWarehouseLead);
    const auto release = inspectOneLot(window).value_or(*credit);
    isSaved = saveSheet(window,
                        actionsheets::openReleaseSheet(window.source(), window.content(),
                                                       release.site, release.id),
                        folder, "release-sheet") &&
              isSaved;
    window.source()->setPerson(before);
    return isSaved;
}

} // namespace

bool savePicture(QWidget& window, int width, int height, const QString& path)
{
    window.resize(width, height);
    settle(80); // layouts that are posted, and the pane's next reading
    return withFewColours(window.grab().toImage()).save(path, "PNG", kSmallest);
}

void openFirstCase(shell::MainWindow& window)
{
    QEventLoop loop;
    QObject::connect(&window, &shell::MainWindow::caseShown, &loop, &QEventLoop::quit);
    QTimer::singleShot(kCaseWaitMillis, &loop, &QEventLoop::quit); // an empty queue opens nothing
    window.openCurrent();
    loop.exec();
}

bool saveHeadless(shell::MainWindow& window, const QString& folder)
{
    const QDir target(folder);
    if (!QDir().mkpath(folder) ||
        !savePicture(window, 1440, 900, target.filePath(QStringLiteral("queue.png"))))
        return false;
    selectType(window, domain::FindingType::AccountOrderGatewayRefund);
    openFirstCase(window);
    return savePicture(window, 1440, 900, target.filePath(QStringLiteral("drilldown.png")));
}

bool saveAll(shell::MainWindow& window, const QString& folder)
{
    if (!QDir().mkpath(folder))
        return false;
    bool isSaved = saveScene(window, folder, "queue");
    selectType(window, domain::FindingType::AccountOrderGatewayRefund);
    openFirstCase(window);
    isSaved = saveScene(window, folder, "drilldown") && isSaved;
    window.closeCase();
    isSaved = saveSheets(window, folder) && isSaved;
    for (const char* place : {"quarantine", "health"}) {
        window.goTo(QLatin1String(place));
        settle();
        isSaved = saveScene(window, folder, place) && isSaved;
    }
    window.goTo(QStringLiteral("all"));
    firstrun::FirstRunWizard wizard;
    firstrun::SetupServices services; // drawn as it stands in the program; nobody presses it
    services.test = [](QObject*, firstrun::Step, const firstrun::SetupAnswers&,
                       const firstrun::SetupServices::Tested&) {};
    wizard.setServices(std::move(services));
    wizard.setPaths(QStringLiteral("counterfoil/config.json"), QStringLiteral("counterfoil"));
    wizard.show();
    settle(200);
    return saveScene(wizard, folder, "first-run") && isSaved;
}

} // namespace counterfoil::console
