#include "tests/ui/actions/fake_workspace.h"
#include "tests/ui/actions/picture.h"
#include "ui/actions/sheets.h"
#include "ui/casefile/case_pane.h"
#include "ui/theme/theme_service.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>

/// Renders the case pane and the sheets of the design's example into PNG files, for comparison with
/// its pictures by eye: counterfoil-case-pictures FOLDER.
namespace {

using namespace counterfoil;

void settle()
{
    for (int i = 0; i < 8; ++i)
        QCoreApplication::processEvents();
}

void picturesOf(const QDir& folder, const QString& suffix, QSize size)
{
    testing::FakeWorkspace desk;
    desk.caseView = testing::pictureCase();
    desk.credit = desk.creditWhole = testing::pictureCredit();
    desk.release = testing::pictureRelease();
    desk.quarantine = testing::pictureLots();
    const auto save = [&](QWidget& widget, const QString& name) {
        settle();
        widget.grab().save(folder.filePath(name + suffix));
    };
    {
        casefile::CasePane pane(&desk, nullptr);
        pane.resize(560, size.height() - 72);
        pane.show(desk.caseView);
        pane.QWidget::show();
        save(pane, QStringLiteral("pane"));
        pane.goTo(2);
        save(pane, QStringLiteral("pane-foot"));
        view::CaseView blocked = desk.caseView;
        blocked.credit = {false, "This write is not proved at this shop: run the proof first"};
        blocked.release = {false, "No inspected unit is waiting in quarantine"};
        pane.show(blocked);
        save(pane, QStringLiteral("pane-blocked"));
    }
    {
        casefile::CasePane pane(&desk, nullptr);
        pane.resize(size);
        pane.show(desk.caseView);
        pane.QWidget::show();
        save(pane, QStringLiteral("window"));
    }
    const auto sheet = [&](const QString& name, auto open) {
        QWidget window;
        window.resize(size);
        window.show();
        actionsheets::ActionSheet* opened =
            open(&desk, &window, std::string("uk"), CaseId("rma:7000412"));
        settle();
        if (auto* reason = opened->findChild<QComboBox*>(QStringLiteral("reasonCode")))
            reason->setCurrentIndex(0);
        save(window, name);
        if (name == QLatin1String("credit")) {
            desk.credit = testing::movedCredit();
            desk.changed("rma:7000412");
            save(window, QStringLiteral("conflict"));
            desk.credit = testing::pictureCredit();
        }
    };
    sheet(QStringLiteral("credit"), actionsheets::openCreditSheet);
    sheet(QStringLiteral("release"), actionsheets::openReleaseSheet);
    sheet(QStringLiteral("po"), actionsheets::openSetPo);
    sheet(QStringLiteral("inspection"), actionsheets::openInspection);
    sheet(QStringLiteral("claim"), actionsheets::openStopPayment);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc < 2)
        return 2;
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    auto& theme = theme::ThemeService::install(theme::Mode::Light);
    theme.setReducesMotion(true);
    picturesOf(folder, QStringLiteral("-light.png"), {1440, 900});
    picturesOf(folder, QStringLiteral("-light-1100.png"), {1100, 700});
    theme.setMode(theme::Mode::Dark);
    picturesOf(folder, QStringLiteral("-dark.png"), {1440, 900});
    return 0;
}
