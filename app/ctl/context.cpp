#include "app/ctl/context.h"

#include "core/phrases/phrases.h"
#include "core/workspace/config.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace counterfoil::ctl {

int exitOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Config:
        return kConfig;
    case ErrorCode::Store:
        return kStore;
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::RateLimited:
    case ErrorCode::QuotaSpent:
    case ErrorCode::Unauthorised:
    case ErrorCode::Server:
    case ErrorCode::Undecodable:
    case ErrorCode::TooLarge:
        return kPlatform;
    case ErrorCode::Invalid:
        return kUsage;
    case ErrorCode::Cancelled:
    case ErrorCode::NotFound:
    case ErrorCode::Rejected:
    case ErrorCode::Conflict:
    case ErrorCode::Overflow:
    case ErrorCode::CurrencyMix:
    case ErrorCode::Forbidden:
    case ErrorCode::Internal:
        return kNo;
    }
    return kNo;
}

int report(const Error& error)
{
    std::fprintf(stderr, "counterfoilctl: %s\n", phrases::sentence(error).c_str());
    return exitOf(error);
}

Result<std::unique_ptr<workspace::Desk>> openDesk(const Options& options)
{
    const std::string path =
        options.configPath.empty() ? workspace::defaultConfigPath() : options.configPath;
    auto config = workspace::loadConfig(path);
    if (!config)
        return fail(config.error());
    if (!options.site.empty()) {
        std::erase_if(config->sites, [&](const workspace::SiteConfig& row) {
            return row.site.id.value != options.site;
        });
        if (config->sites.empty())
            return fail(ErrorCode::Invalid, "--site: no site '" + options.site + "' in " + path);
    }
    workspace::DeskOptions desk;
    desk.person = options.person;
    return workspace::Desk::open(*config, std::move(desk));
}

Result<Found> findCase(const Options& options, const std::string& text)
{
    auto desk = openDesk(options);
    if (!desk)
        return fail(desk.error());
    Found out;
    out.desk = *std::move(desk);
    const auto id = out.desk->findCase(options.site, text, &out.site);
    if (!id)
        return fail(id.error());
    out.id = *id;
    return out;
}

void print(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

bool isTerminal()
{
    return isatty(STDOUT_FILENO) != 0;
}

std::size_t terminalWidth()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 140;
}

} // namespace counterfoil::ctl
