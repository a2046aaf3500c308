#pragma once

#include <QWidget>

#include "ui/firstrun/connection_tester.h"
#include "ui/firstrun/setup_answers.h"

#include <array>

class QStackedWidget;
class QVBoxLayout;

namespace counterfoil::widgets {
class Button;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::firstrun {

class FormColumn;
class SecretField;
class StepRail;
class TestCard;

/// Six steps from nothing to a config file that the program opens. Secrets go into the key store or
/// stay where they are; the file holds references only. GUI thread; the file is written on another.
class FirstRunWizard final : public QWidget {
    Q_OBJECT

public:
    explicit FirstRunWizard(QWidget* parent = nullptr);
    /// Where the file goes, and the folder of the local copy that is proposed.
    void setPaths(const QString& configPath, const QString& storeFolder);
    /// Without them the key store cannot be chosen and nothing can be tested.
    void setServices(SetupServices services);

    [[nodiscard]] Step step() const { return static_cast<Step>(m_step); }
    /// What is answered so far.
    [[nodiscard]] SetupAnswers answers() const;

Q_SIGNALS:
    void finished(const QString& configPath);
    void useSampleData();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Page {
        FormColumn* form = nullptr;
        SecretField* secret = nullptr;
        TestCard* test = nullptr;
    };

    void layOut();
    QWidget* makeFoot();
    QWidget* makePage(Step step);
    void fillShopify(FormColumn& form);
    void fillSparklayer(FormColumn& form);
    void fillReturngo(FormColumn& form);
    void fillMoneyRules(FormColumn& form);
    void goTo(int step);
    void goOn();
    void skip();
    /// Keeps a typed secret first when there is one.
    void withSecret(const std::function<void()>& next);
    void runTest();
    void finish();
    void say(const QString& sentence);
    [[nodiscard]] std::string entryOf(Step step) const;
    [[nodiscard]] std::array<QString, kStepCount> notes() const;

    StepRail* m_rail;
    QStackedWidget* m_pages;
    std::array<Page, kStepCount> m_parts{};
    widgets::PlainLabel* m_said;
    widgets::Button* m_back = nullptr;
    widgets::Button* m_skip = nullptr;
    widgets::Button* m_next = nullptr;
    SetupServices m_services;
    QString m_configPath;
    int m_step = 0;
    bool m_hasSparklayer = true, m_hasReturngo = true, m_hasMoneyRules = true;
};

} // namespace counterfoil::firstrun
