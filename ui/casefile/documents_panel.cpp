#include "ui/casefile/documents_panel.h"

#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include "ui/casefile/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;

namespace {

constexpr int kTextHeight = 360;

bool isSameDocument(const domain::DocumentRef& a, const domain::DocumentRef& b)
{
    return a.kind == b.kind && a.externalId == b.externalId && a.platform == b.platform;
}

} // namespace

DocumentsPanel::DocumentsPanel(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_list(new QVBoxLayout),
      m_title(new widgets::PlainLabel({}, FontRole::SmallStrong, &Theme::text, this)),
      m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("documents"));
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(6);
    m_list->setSpacing(0);
    down->addLayout(m_list);
    m_title->setObjectName(QStringLiteral("documentTitle"));
    m_title->hide();
    down->addWidget(m_title);
    widgets::nameWidget(m_text, QStringLiteral("documentText"), tr("Raw document"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setFont(theme::font(FontRole::Code));
    m_text->setFixedHeight(kTextHeight);
    m_text->installEventFilter(this);
    m_text->hide();
    down->addWidget(m_text);
}

void DocumentsPanel::setDocuments(const std::string& site,
                                  const std::vector<view::DocumentView>& documents)
{
    bool isSame = m_site == site && m_documents.size() == documents.size();
    for (std::size_t i = 0; isSame && i < documents.size(); ++i)
        isSame = documents[i].ref == m_documents[i].ref;
    if (isSame)
        return;
    m_site = site;
    m_documents = documents;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const view::DocumentView& document : m_documents) {
        auto* button = new widgets::Button(shown(document.title), widgets::ButtonKind::Quiet, this,
                                           widgets::ButtonSize::Small);
        button->setObjectName(QStringLiteral("document-") +
                              QString::fromStdString(document.ref.externalId));
        button->setAccessibleName(tr("Open %1").arg(shown(document.title)));
        button->setCount(tr("read %1").arg(timeText(document.ref.observedAt)));
        connect(button, &widgets::Button::clicked, this,
                [this, ref = document.ref] { openAt(ref, {}, {}); });
        m_list->addWidget(button, 0, Qt::AlignLeft);
    }
    bool isStillThere = false;
    for (const view::DocumentView& document : m_documents)
        isStillThere = isStillThere || (m_wanted && isSameDocument(document.ref, *m_wanted));
    if (!isStillThere) {
        m_wanted.reset();
        m_title->hide();
        m_text->hide();
    }
}

void DocumentsPanel::openAt(const domain::DocumentRef& ref, const std::string& pointer,
                            const std::string& value)
{
    m_wanted = ref;
    m_workspace->readDocument(
        this, m_site, ref, [this, ref, pointer, value](Result<view::DocumentView> answer) {
            if (m_wanted != ref)
                return;
            m_title->show();
            if (!answer) {
                m_title->setText(shown(answer.error()));
                m_text->hide();
                Q_EMIT opened();
                return;
            }
            m_title->setText(shown(answer->title));
            m_json = layOutJson(answer->body);
            m_text->setPlainText(QString::fromStdString(m_json.text));
            m_text->show();
            const int line = pointer.empty() ? m_json.lineHolding(value) : m_json.lineOf(pointer);
            markLine(line);
            m_text->setFocus(Qt::ShortcutFocusReason);
            Q_EMIT opened();
        });
}

void DocumentsPanel::markLine(int line)
{
    m_text->setExtraSelections({});
    QTextCursor cursor(m_text->document()->findBlockByNumber(std::max(0, line)));
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
    if (line < 0)
        return;
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(theme::current().sel);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    m_text->setExtraSelections({mark});
}

bool DocumentsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace counterfoil::casefile
