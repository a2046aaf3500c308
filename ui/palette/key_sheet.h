#pragma once

#include "ui/palette/command.h"
#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::palette {

/// Opens the sheet of keys over @p host: three columns, searchable, only what can be used where it
/// was opened.
void openKeySheet(QWidget* host, std::vector<Command> commands);

/// The columns of keys; what does not hold the searched words is left out.
class KeyTable final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit KeyTable(std::vector<Command> commands, QWidget* parent = nullptr);
    void setSearch(const QString& words);
    /// Lines shown, headings apart.
    [[nodiscard]] int shown() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Block {
        Scope scope;
        std::vector<const Command*> lines;
    };
    [[nodiscard]] std::vector<std::vector<Block>> columns() const;

    std::vector<Command> m_commands;
    QString m_search;
};

} // namespace counterfoil::palette
