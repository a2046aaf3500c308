#include "tests/bench/bench.h"
#include "ui/widgets/queue_view.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::bench {
namespace {

constexpr int kWidth = 1440;
constexpr int kHeight = 860;
constexpr int kMany = 1'000'000;
constexpr int kFew = 1'000;
/// Height of a row, the product's own at normal density: all contenders show as many rows.
constexpr int kRowPx = 44;
/// Frames of one round, each another place in the list.
constexpr int kFrames = 60;
/// Pixels of one wheel notch or key press.
constexpr int kStep = 132;

/// Any number of rows, all different, printed when asked for.
class Source final : public widgets::QueueRowSource {
public:
    explicit Source(int count) : m_count(count) {}
    [[nodiscard]] int count() const override { return m_count; }
    [[nodiscard]] bool isGroup(int) const override { return false; }
    [[nodiscard]] quint64 idAt(int index) const override { return static_cast<quint64>(index) + 1; }
    [[nodiscard]] int indexOf(quint64 id) const override { return static_cast<int>(id) - 1; }
    [[nodiscard]] widgets::QueueRow row(int index) const override
    {
        widgets::QueueRow row;
        row.id = idAt(index);
        row.severity = static_cast<theme::Severity>(index % 4);
        row.state = static_cast<theme::State>(index % 5);
        const QString number = QString::number(index);
        row.title = QStringLiteral("Credit %1.00 above invoice").arg(number);
        row.reason = QStringLiteral("ReturnGO says %1.00, invoiced were 128.80").arg(number);
        row.returnId = QStringLiteral("RMA7") + number;
        row.returnState = QStringLiteral("Received");
        row.order = QStringLiteral("B2B-") + number;
        row.po = QStringLiteral("PO-") + number;
        row.customer = QStringLiteral("Kestrel Hotels Group %1").arg(index % 97);
        row.customerNote = QStringLiteral("Trade UK, on account");
        row.amount = QStringLiteral("£%1.00").arg(number);
        row.amountNote = QStringLiteral("over");
        row.sla.age = QStringLiteral("%1 h").arg(index % 47);
        row.sla.remaining = QStringLiteral("3 h left");
        row.sla.usedShare = (index % 10) / 10.0;
        row.sla.hasSla = true;
        row.owner = QStringLiteral("Priya Shah");
        row.team = QStringLiteral("Finance");
        row.stateText = QStringLiteral("Open");
        return row;
    }

private:
    int m_count;
};

/// The texts that a row shows, in the order of the columns.
std::array<QString, 12> textsOf(const widgets::QueueRow& row)
{
    return {row.title,      row.reason,   row.returnId,     row.returnState,
            row.order,      row.customer, row.customerNote, row.amount,
            row.amountNote, row.sla.age,  row.owner,        row.stateText};
}

/// The peer's model over the same rows.
class Model final : public QAbstractTableModel {
public:
    explicit Model(const Source& source) : m_source(source) {}
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : m_source.count();
    }
    [[nodiscard]] int columnCount(const QModelIndex&) const override { return 12; }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        if (m_kept != index.row()) {
            m_kept = index.row();
            m_texts = textsOf(m_source.row(index.row()));
        }
        return m_texts[static_cast<std::size_t>(index.column())];
    }

private:
    const Source& m_source;
    mutable int m_kept = -1;
    mutable std::array<QString, 12> m_texts;
};

/// Paints a frame at each of kFrames places; the times of all of them.
template <class Paint> std::vector<double> frames(QScrollBar* bar, int step, const Paint& paint)
{
    static int round = 0;
    std::vector<double> times;
    int at = bar->maximum() / 2 + (++round % 16) * step * kFrames;
    for (int i = 0; i < kFrames; ++i) {
        at = at + step > bar->maximum() ? 0 : at + step;
        times.push_back(cpuTimed([&] {
            bar->setValue(at);
            paint();
        }));
    }
    return times;
}

/// The product's list: every frame a whole picture of it.
class ProductList {
public:
    explicit ProductList(int count) : m_source(count), m_image(kWidth, kHeight, kFormat)
    {
        m_view.resize(kWidth, kHeight);
        m_view.setSource(&m_source);
        m_view.resetRows();
        m_view.ensurePolished();
        m_view.show();
        QApplication::processEvents();
    }
    ~ProductList() { m_view.setSource(nullptr); }
    ProductList(const ProductList&) = delete;
    ProductList& operator=(const ProductList&) = delete;

    [[nodiscard]] std::vector<double> round()
    {
        return frames(m_view.verticalScrollBar(), kStep, [this] {
            QPainter painter(&m_image);
            m_view.paintRows(painter, m_view.viewport()->rect());
        });
    }

private:
    static constexpr QImage::Format kFormat = QImage::Format_RGB32;
    Source m_source;
    widgets::QueueView m_view;
    QImage m_image;
};

class PeerList {
public:
    explicit PeerList(const Source& source)
        : m_model(source), m_image(kWidth, kHeight, QImage::Format_RGB32)
    {
        m_view.setModel(&m_model);
        m_view.verticalHeader()->setDefaultSectionSize(kRowPx);
        m_view.verticalHeader()->hide();
        m_view.horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
        m_view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        m_view.resize(kWidth, kHeight);
        m_view.show();
        QApplication::processEvents();
    }
    [[nodiscard]] std::vector<double> round()
    {
        return frames(m_view.verticalScrollBar(), kStep, [this] {
            m_view.viewport()->render(&m_image, {}, {}, QWidget::DrawWindowBackground);
        });
    }

private:
    Model m_model;
    QTableView m_view;
    QImage m_image;
};

/// The limit: the words of as many rows as the product shows, drawn and nothing else.
std::vector<double> drawnWords(const Source& source, QImage& image, int rows)
{
    static int first = kMany / 2;
    std::vector<double> times;
    const QFont font = QApplication::font();
    for (int frame = 0; frame < kFrames; ++frame) {
        first += 3;
        times.push_back(cpuTimed([&] {
            QPainter painter(&image);
            painter.fillRect(image.rect(), Qt::white);
            painter.setFont(font);
            for (int i = 0; i < rows; ++i) {
                const std::array<QString, 12> texts = textsOf(source.row(first + i));
                for (int column = 0; column < 12; ++column) {
                    const QRect cell(column * kWidth / 12, i * kHeight / rows, kWidth / 12,
                                     kHeight / rows);
                    painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                                     texts[static_cast<std::size_t>(column)]);
                }
            }
        }));
    }
    return times;
}

double high(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() * 99 / 100];
}

} // namespace

std::vector<Outcome> measureScroll(int rounds)
{
    const Source source(kMany);
    ProductList many(kMany);
    ProductList few(kFew);
    PeerList peer(source);
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    const int shown = kHeight / kRowPx + 1;
    std::vector<double> allFrames, fewCosts;
    const Rounds costs = interleaved(
        rounds,
        [&] {
            const std::vector<double> times = many.round();
            allFrames.insert(allFrames.end(), times.begin(), times.end());
            fewCosts.push_back(median(few.round()));
            return median(times);
        },
        [&] { return median(peer.round()); },
        [&] { return median(drawnWords(source, image, shown)); });
    fewCosts.erase(fewCosts.begin()); // the warm-up round
    Outcome out;
    out.id = "P6";
    const double growth = ratio(costs.product, fewCosts).value_or(0);
    const double p99 = high(allFrames);
    out.work = fmt::format("scroll frame of the queue, 1M rows, {} x {}; p99 {:.1f} ms; {:.2f}x of "
                           "1k rows",
                           kWidth, kHeight, p99, growth);
    out.unit = "ms";
    out.peerName = "stock QTableView, 12 columns";
    out.limitName = "drawText of the words";
    out.goal = "2x the limit, p99 8 ms, 1.1x of 1k";
    fill(out, costs, [](double cost) { return cost; });
    out.isMet = out.vsLimit && *out.vsLimit <= 2 && p99 <= 8 && growth <= 1.1;
    return {out};
}

} // namespace counterfoil::bench
