#include "ui/palette/palette_items.h"

#include <QCoreApplication>
#include <QSet>

#include "ui/models/arrangement.h"
#include "ui/models/row_text.h"

#include <algorithm>

namespace counterfoil::palette {

using models::text;
using theme::Icon;

namespace {

constexpr std::size_t kEachMax = 5;

QString tr(const char* words)
{
    return QCoreApplication::translate("palette", words);
}

Item heading(const QString& words)
{
    Item item;
    item.text = words;
    return item;
}

bool holdsAll(const QString& text, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

void append(std::vector<Item>& to, const QString& title, std::vector<Item> items)
{
    if (items.empty())
        return;
    to.push_back(heading(title));
    for (Item& item : items)
        to.push_back(std::move(item));
}

std::vector<Item> commandItems(const Sources& sources, const QStringList& words, bool ofRow,
                               std::size_t most)
{
    std::vector<Item> items;
    for (const Command& command : sources.commands) {
        const bool isOfRow = command.scope == Scope::Queue || command.scope == Scope::Panel;
        if (!command.action || !command.action->isEnabled() || isOfRow != ofRow ||
            !holdsAll(command.text, words) || items.size() == most)
            continue;
        Item item;
        item.text = command.text;
        item.keys = command.keys;
        item.icon = command.icon.value_or(Icon::Bolt);
        item.run = [action = command.action](bool) {
            if (action)
                action->trigger();
        };
        items.push_back(std::move(item));
    }
    return items;
}

/// Every word somewhere in the row, as free words of the filter language.
query::Filter wordsFilter(const QStringList& words)
{
    query::Filter filter;
    for (const QString& word : words) {
        query::Term term;
        term.key = query::Key::Text;
        query::Test test;
        test.text = word.toLower().toStdString();
        term.tests.push_back(std::move(test));
        filter.terms.push_back(std::move(term));
    }
    return filter;
}

std::vector<Item> exceptionItems(const std::vector<view::QueueRow>& rows, const Sources& sources)
{
    std::vector<Item> items;
    for (const view::QueueRow& row : rows) {
        if (items.size() == kEachMax)
            break;
        Item item;
        item.text = text(row.title);
        QStringList about;
        for (const QString& part :
             {text(row.customer), models::returnName(row.rma), text(row.order)})
            if (!part.isEmpty())
                about << part;
        item.note = about.join(QStringLiteral(" · "));
        item.right = row.atRisk ? text(row.atRisk->displayText()) : QString();
        item.severity = models::severityOf(row.severity);
        item.run = [open = sources.openCase, row](bool inWindow) { open(row, inWindow); };
        items.push_back(std::move(item));
    }
    return items;
}

Item record(Icon icon, const QString& name, const QString& note, const QString& kind,
            const QString& query, const Sources& sources)
{
    Item item;
    item.icon = icon;
    item.text = name;
    item.note = note;
    item.right = kind;
    item.run = [set = sources.setQuery, query](bool) { set(query); };
    return item;
}

std::vector<Item> recordItems(const std::vector<view::QueueRow>& rows, const QStringList& words,
                              const Sources& sources, bool withCustomers)
{
    std::vector<Item> items;
    QSet<QString> seen;
    const auto isNew = [&](const QString& name) {
        const bool isFound = !name.isEmpty() && holdsAll(name, words) && !seen.contains(name);
        seen.insert(name);
        return isFound && items.size() < kEachMax;
    };
    for (const view::QueueRow& row : rows) {
        if (withCustomers && isNew(text(row.customer)))
            items.push_back(record(Icon::Person, text(row.customer), {}, tr("Customer"),
                                   text(query::termText(query::Key::Customer, row.customer)),
                                   sources));
        if (isNew(models::returnName(row.rma)))
            items.push_back(record(Icon::Box, models::returnName(row.rma), text(row.customer),
                                   tr("Return"), text(query::termText(query::Key::Rma, row.rma)),
                                   sources));
        if (isNew(text(row.order)))
            items.push_back(record(Icon::Box, text(row.order), text(row.po), tr("Order"),
                                   text(query::termText(query::Key::Order, row.order)), sources));
    }
    return items;
}

std::vector<Item> peopleItems(const QStringList& words, const Sources& sources)
{
    std::vector<Item> items;
    for (const auto& [id, name] : sources.people)
        if (holdsAll(text(name), words))
            items.push_back(
                record(Icon::Person, text(name), {}, tr("Assigned"),
                       QStringLiteral("is:open ") + text(query::termText(query::Key::Assignee, id)),
                       sources));
    return items;
}

/// What was typed, as a filter of the queue.
std::vector<Item> filterItems(const QString& typed, const Sources& sources)
{
    const auto filter = query::parse(typed.toStdString());
    if (typed.isEmpty() || !filter || !sources.table)
        return {};
    query::Context context;
    context.now = sources.now;
    context.person = sources.person;
    const int count = models::countMatching(*sources.table, *filter, context);
    Item item =
        record(Icon::Search, tr("Filter the queue: %1").arg(typed), {},
               count == 1 ? tr("1 exception") : tr("%1 exceptions").arg(count), typed, sources);
    return {item};
}

} // namespace

QString scopeName(Scope scope)
{
    switch (scope) {
    case Scope::Everywhere:
        return tr("Everywhere");
    case Scope::GoTo:
        return tr("Go to");
    case Scope::Queue:
        return tr("Queue");
    case Scope::Panel:
        return tr("Panel");
    case Scope::Inspection:
        return tr("Inspection");
    }
    return {};
}

std::vector<Item> findItems(const QString& typed, const Sources& sources)
{
    const QChar mode = typed.isEmpty() ? QChar() : typed.at(0);
    const bool hasMode =
        mode == QLatin1Char('>') || mode == QLatin1Char('@') || mode == QLatin1Char('#');
    const QString wanted = (hasMode ? typed.mid(1) : typed).trimmed();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<Item> items;
    const std::size_t most = mode == QLatin1Char('>') || words.isEmpty() ? 50 : kEachMax;
    if (!hasMode || mode == QLatin1Char('>')) {
        const QString title =
            sources.about.isEmpty() ? tr("Do now") : tr("Do now, on %1").arg(sources.about);
        append(items, title, commandItems(sources, words, true, most));
    }
    if (!words.isEmpty() && sources.table && mode != QLatin1Char('>') && mode != QLatin1Char('@')) {
        query::Context context;
        context.now = sources.now;
        context.person = sources.person;
        const auto found = models::matching(*sources.table, wordsFilter(words), context);
        std::vector<view::QueueRow> rows;
        for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 40); ++i)
            rows.push_back(sources.table->row(found[i]));
        if (!hasMode)
            append(items, tr("Exceptions"), exceptionItems(rows, sources));
        append(items, tr("Records"), recordItems(rows, words, sources, !hasMode));
    }
    if (mode == QLatin1Char('@') || (!hasMode && !words.isEmpty()))
        append(items, tr("People"), peopleItems(words, sources));
    std::vector<Item> others;
    if (!hasMode || mode == QLatin1Char('>'))
        others = commandItems(sources, words, false, most);
    if (!hasMode && !words.isEmpty())
        for (Item& item : filterItems(wanted, sources))
            others.push_back(std::move(item));
    append(items, tr("Go to and filter"), std::move(others));
    return items;
}

} // namespace counterfoil::palette
