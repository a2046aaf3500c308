#include "ui/theme/style_sheet.h"

namespace counterfoil::theme {

namespace {

// @name is a token, #name# a scaled px value.
constexpr const char* kTemplate = R"(
QPushButton {
    background: @panel; color: @text; border: 1px solid @line2; border-radius: 6px;
    padding: 0 11px; min-height: #28#; font-weight: 500;
}
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @track; }
QPushButton:disabled { background: @sunken; color: @text3; border-color: @line; }
QPushButton:focus { border: 2px solid @ring; padding: 0 10px; min-height: #26#; }
QLineEdit, QPlainTextEdit, QTextEdit {
    background: @panel; color: @text; border: 1px solid @ctl; border-radius: 6px; padding: 0 9px;
    selection-background-color: @sel; selection-color: @text;
}
QLineEdit { min-height: #30#; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @ring; padding: 0 8px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: @sunken; color: @text3; border-color: @line2; }
QSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; background: transparent; min-height: 0; padding: 0;
}
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    background: transparent; color: @text2; border: none; border-bottom: 2px solid transparent;
    padding: 0 1px 0 1px; margin-right: 16px; min-height: #28#;
}
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 500; }
QTabBar::tab:focus { color: @accentText; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { border-left: 1px solid @line2; margin-left: 0px; width: 5px; }
QSplitter::handle:vertical { border-top: 1px solid @line2; height: 5px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: @line2; border-radius: 4px; margin: 1px; }
QScrollBar::handle:hover { background: @ctl; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QMenu { background: @raised; color: @text; border: 1px solid @line2; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @sel; color: @text; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenuBar { background: @rail; color: @text; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: @sel; }
QToolTip { background: @text; color: @panel; border: none; padding: 5px 8px; }
QScrollArea { border: none; background: transparent; }
QMainWindow { background: @window; }
)";

} // namespace

QString styleSheetOf(const Theme& t)
{
    // Longest names first, so that "text" does not eat the head of "text3".
    const std::initializer_list<std::pair<const char*, QColor>> tokens = {
        {"@accentText", t.accentText},
        {"@accent", t.accent},
        {"@raised", t.raised},
        {"@sunken", t.sunken},
        {"@window", t.window},
        {"@panel", t.panel},
        {"@hover", t.hover},
        {"@track", t.track},
        {"@text2", t.text2},
        {"@text3", t.text3},
        {"@text", t.text},
        {"@line2", t.line2},
        {"@line", t.line},
        {"@rail", t.rail},
        {"@ring", t.focusRing()},
        {"@sel", t.sel},
        {"@ctl", t.ctl},
    };
    QString sheet = QLatin1String(kTemplate);
    for (const auto& [name, color] : tokens)
        sheet.replace(QLatin1String(name), color.name());
    for (const int height : {26, 28, 30})
        sheet.replace(QStringLiteral("#%1#").arg(height), QStringLiteral("%1px").arg(t.px(height)));
    return sheet;
}

} // namespace counterfoil::theme
