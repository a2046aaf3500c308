#pragma once
// Precompiled for speed only; every file still includes what it uses.
#include <QObject>
#include <QString>
#include <QVector>

#include "cmake/std_pch.h"
