// The limit of P13 and P14: a QWidget and nothing else.

#include "app/console/start_times.h"

#include <QApplication>
#include <QWidget>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QWidget window;
    counterfoil::console::StartTimes times(&window);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
