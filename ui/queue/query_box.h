#pragma once

#include <QObject>

#include "core/query/filter.h"
#include "core/workspace/queue_table.h"
#include "ui/widgets/filter_field.h"

#include <memory>
#include <optional>

class QCompleter;
class QStandardItemModel;

namespace counterfoil::queue {

/// The query field with what it means: parses while a person types, says whether it is valid,
/// completes keys and values with counts. The list stays on the last valid query.
class QueryBox final : public QObject {
    Q_OBJECT

public:
    explicit QueryBox(QObject* parent = nullptr);
    /// The widget; the window's top bar takes it.
    [[nodiscard]] widgets::FilterField* field() const { return m_field; }
    [[nodiscard]] QString text() const { return m_field->text(); }
    void setText(const QString& text) { m_field->setText(text); }
    /// Adds `term`, or takes it out when the query holds it.
    void toggleTerm(const QString& term);
    [[nodiscard]] bool holds(const QString& term) const;
    /// The query without terms of @p key ("risk").
    [[nodiscard]] QString without(const QString& key) const;
    /// Sets the one term of @p key: "group:none", "sort:age".
    void setTerm(const QString& key, const QString& term);
    /// What counts in the completion are taken from.
    void setRows(std::shared_ptr<const workspace::QueueTable> table, const query::Context& context);

Q_SIGNALS:
    /// Another valid query; also when only its blanks differ.
    void filterChanged(const counterfoil::query::Filter& filter);

private:
    void check();
    void complete();
    void take(const QModelIndex& index);
    [[nodiscard]] QString countOf(const query::Suggestion& suggestion) const;

    widgets::FilterField* m_field;
    QCompleter* m_completer;
    QStandardItemModel* m_choices;
    std::shared_ptr<const workspace::QueueTable> m_table;
    query::Context m_context;
    std::string m_person;
};

} // namespace counterfoil::queue
