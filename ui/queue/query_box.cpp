#include "ui/queue/query_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QListView>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include "ui/models/arrangement.h"
#include "ui/theme/text.h"

#include <algorithm>

namespace counterfoil::queue {
namespace {

enum Role : int { kText = Qt::UserRole, kBegin, kEnd, kCount };
/// Larger tables are not counted while a person types.
constexpr std::size_t kCountedRowsMax = 5'000;
constexpr int kChoicesMax = 12;

/// A completion: the term at the left, how many rows it would show at the right.
class ChoiceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const theme::Theme& t = theme::current();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.sel : t.raised);
        const QRectF box = QRectF(option.rect).adjusted(12, 0, -12, 0);
        theme::Text::draw(*painter, box, Qt::AlignLeft | Qt::AlignVCenter,
                          index.data(Qt::DisplayRole).toString(), theme::FontRole::Body, t.text);
        theme::Text::drawTabular(*painter, box, Qt::AlignRight | Qt::AlignVCenter,
                                 index.data(kCount).toString(), theme::FontRole::Small, t.text3);
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {260, theme::current().px(26)};
    }
};

QString slice(const QString& text, const query::Token& token)
{
    const QByteArray bytes = text.toUtf8();
    return QString::fromUtf8(bytes.mid(static_cast<qsizetype>(token.begin),
                                       static_cast<qsizetype>(token.end - token.begin)));
}

std::vector<QString> termsOf(const QString& text)
{
    std::vector<QString> terms;
    for (const query::Token& token : query::tokens(text.toStdString()))
        terms.push_back(slice(text, token));
    return terms;
}

} // namespace

QueryBox::QueryBox(QObject* parent)
    : QObject(parent), m_field(new widgets::FilterField), m_completer(new QCompleter(this)),
      m_choices(new QStandardItemModel(this))
{
    auto* list = new QListView;
    list->setObjectName(QStringLiteral("queryChoices"));
    list->setUniformItemSizes(true);
    m_completer->setModel(m_choices);
    m_completer->setPopup(list);
    list->setItemDelegate(new ChoiceDelegate(list)); // after setPopup, which sets its own
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(kChoicesMax);
    m_completer->setWidget(m_field);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { take(index); });
    connect(m_field, &QLineEdit::textChanged, this, [this] { check(); });
    connect(m_field, &QLineEdit::textEdited, this, [this] { complete(); });
}

void QueryBox::setRows(std::shared_ptr<const workspace::QueueTable> table,
                       const query::Context& context)
{
    m_table = std::move(table);
    m_person = std::string(context.person);
    m_context = context;
    m_context.person = m_person;
}

void QueryBox::check()
{
    auto filter = query::parse(m_field->text().toStdString(), true);
    if (!filter) {
        const QString wrong = QString::fromStdString(filter.error().message);
        m_field->setVerdict(filter.error().isIncomplete ? widgets::FilterValidity::Incomplete
                                                        : widgets::FilterValidity::Invalid,
                            tr("%1. The list still shows the last valid filter.").arg(wrong));
        return;
    }
    m_field->setVerdict(widgets::FilterValidity::Valid);
    Q_EMIT filterChanged(*filter);
}

QString QueryBox::countOf(const query::Suggestion& suggestion) const
{
    if (!m_table || m_table->size() > kCountedRowsMax || suggestion.text.ends_with(':') ||
        suggestion.text.starts_with("sort:") || suggestion.text.starts_with("group:"))
        return {};
    std::string whole = m_field->text().toStdString();
    whole.replace(suggestion.begin, suggestion.end - suggestion.begin, suggestion.text);
    const auto filter = query::parse(whole, true);
    return filter ? QString::number(models::countMatching(*m_table, *filter, m_context))
                  : QString();
}

void QueryBox::complete()
{
    const std::string text = m_field->text().toStdString();
    const std::size_t cursor =
        static_cast<std::size_t>(m_field->text().left(m_field->cursorPosition()).toUtf8().size());
    const auto suggestions = query::suggest(text, cursor);
    m_choices->clear();
    for (const query::Suggestion& suggestion : suggestions) {
        if (m_choices->rowCount() == kChoicesMax || suggestion.begin == suggestion.end)
            break; // nothing typed yet: no list over the page
        auto* item = new QStandardItem(QString::fromStdString(suggestion.text));
        item->setData(static_cast<qulonglong>(suggestion.begin), kBegin);
        item->setData(static_cast<qulonglong>(suggestion.end), kEnd);
        item->setData(countOf(suggestion), kCount);
        m_choices->appendRow(item);
    }
    if (m_choices->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect under = m_field->rect();
    under.setWidth(std::min(under.width(), theme::current().px(340)));
    m_completer->complete(under);
}

void QueryBox::take(const QModelIndex& index)
{
    const auto begin = static_cast<qsizetype>(index.data(kBegin).toULongLong());
    const auto end = static_cast<qsizetype>(index.data(kEnd).toULongLong());
    const QByteArray bytes = m_field->text().toUtf8();
    QString chosen = index.data(Qt::DisplayRole).toString();
    const bool isKey = chosen.endsWith(QLatin1Char(':'));
    const QByteArray rest = bytes.mid(end);
    if (!isKey && !rest.startsWith(' '))
        chosen += QLatin1Char(' ');
    const QString head = QString::fromUtf8(bytes.left(begin)) + chosen;
    m_field->setText(head + QString::fromUtf8(rest));
    m_field->setCursorPosition(static_cast<int>(head.size()));
    if (isKey)
        QMetaObject::invokeMethod(
            this, [this] { complete(); }, Qt::QueuedConnection);
}

bool QueryBox::holds(const QString& term) const
{
    const auto terms = termsOf(text());
    return std::find(terms.begin(), terms.end(), term) != terms.end();
}

QString QueryBox::without(const QString& key) const
{
    QStringList kept;
    for (const query::Token& token : query::tokens(text().toStdString()))
        if (QString::fromStdString(token.key) != key)
            kept << slice(text(), token);
    return kept.join(QLatin1Char(' '));
}

void QueryBox::toggleTerm(const QString& term)
{
    QStringList kept;
    for (const QString& part : termsOf(text()))
        if (part != term)
            kept << part;
    if (!holds(term))
        kept << term;
    setText(kept.join(QLatin1Char(' ')));
}

void QueryBox::setTerm(const QString& key, const QString& term)
{
    const QString rest = without(key);
    setText(rest.isEmpty() || term.isEmpty() ? rest + term : rest + QLatin1Char(' ') + term);
}

} // namespace counterfoil::queue
