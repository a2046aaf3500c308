#pragma once

#include <QString>

class QWidget;

namespace counterfoil::shell {
class MainWindow;
}

namespace counterfoil::console {

/// Draws the window of that size as it stands into a PNG. @return false when it cannot be written
[[nodiscard]] bool savePicture(QWidget& window, int width, int height, const QString& path);
/// Opens the first case and waits until it stands in the pane.
void openFirstCase(shell::MainWindow& window);
/// queue.png and drilldown.png at 1440x900 into @p folder.
[[nodiscard]] bool saveHeadless(shell::MainWindow& window, const QString& folder);
/// The pictures of the handbook: queue, drill-down, credit sheet, release sheet, quarantine,
/// health and first run, light and dark, at 1440x900 and 1100x700.
[[nodiscard]] bool saveAll(shell::MainWindow& window, const QString& folder);

} // namespace counterfoil::console
