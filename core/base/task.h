#pragma once

#include <algorithm>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace counterfoil {

/// A lazy coroutine: one thread, one owner, awaited once. Dropping the owner destroys the whole
/// suspended tree and with it every request that is under way: that is shut-down, time-out and, in
/// the simulation, a crash.
///
/// g++ 12 double-frees aggregate and lambda temporaries inside a co_await expression and crashes on
/// `switch (co_await ...)`. So: only names, constructor calls and function results there,
/// parameters by value, and parameter types that are aggregates get a constructor (kSafeParameter
/// catches it). Never destroy a tree from inside itself.
template <class T = void> class Task;
template <class T>
inline constexpr bool kSafeParameter =
    !std::is_aggregate_v<T> || std::is_trivially_copyable_v<T>; // trap 1
namespace detail {
struct Completion {
    virtual std::coroutine_handle<> finished() noexcept = 0;

protected:
    ~Completion() = default;
}; // told by a root; returns what to resume next
struct PromiseBase {
    std::coroutine_handle<> continuation;
    Completion* completion = nullptr;
    std::exception_ptr error;
    bool starting = false; // starting: the awaiting side looks at done() itself
    struct Final {
        bool await_ready() const noexcept { return false; }
        void await_resume() const noexcept {}
        template <class P>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<P> self) const noexcept
        {
            PromiseBase& p = self.promise();
            if (p.starting)
                return std::noop_coroutine();
            if (p.completion)
                return p.completion->finished();
            return p.continuation ? p.continuation : std::noop_coroutine();
        }
    };
    std::suspend_always initial_suspend() const noexcept { return {}; }
    Final final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }
};
template <class T> struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object() noexcept;
    template <class... A> explicit Promise(const A&...) noexcept
    {
        static_assert((kSafeParameter<A> && ...), "give the parameter type a constructor");
    }
    template <class U> void return_value(U&& v) { value.emplace(std::forward<U>(v)); }
    T take()
    {
        if (error)
            std::rethrow_exception(error);
        return std::move(*value);
    }
};
template <> struct Promise<void> : PromiseBase {
    Task<void> get_return_object() noexcept;
    template <class... A> explicit Promise(const A&...) noexcept
    {
        static_assert((kSafeParameter<A> && ...), "give the parameter type a constructor");
    }
    void return_void() const noexcept {}
    void take() const
    {
        if (error)
            std::rethrow_exception(error);
    }
};
} // namespace detail
template <class T> class [[nodiscard]] Task {
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;
    Task() = default;
    explicit Task(Handle h) noexcept : m_handle(h) {}
    Task(Task&& o) noexcept : m_handle(std::exchange(o.m_handle, {})) {}
    ~Task()
    {
        if (m_handle)
            m_handle.destroy();
    }
    Task& operator=(Task&& o) noexcept
    {
        Task old(std::move(o));
        std::swap(m_handle, old.m_handle);
        return *this;
    }
    bool done() const noexcept { return m_handle && m_handle.done(); }
    std::exception_ptr error() const noexcept { return m_handle.promise().error; }
    T take() { return m_handle.promise().take(); }
    bool start(detail::Completion* c = nullptr)
    {
        auto& p = m_handle.promise();
        p.completion = c;
        p.starting = true;
        m_handle.resume();
        p.starting = false;
        return m_handle.done();
    } // true: finished at once, c not called
    struct Awaiter {
        Handle child;
        bool await_ready() const noexcept { return false; }
        T await_resume() { return child.promise().take(); }
        bool await_suspend(std::coroutine_handle<> parent)
        {
            auto& p = child.promise();
            p.continuation = parent;
            p.starting = true;
            child.resume();
            p.starting = false;
            return !child.done();
        }
    }; // trap 5
    Awaiter operator co_await() && noexcept { return {m_handle}; }

private:
    Handle m_handle;
};
template <class T> Task<T> detail::Promise<T>::get_return_object() noexcept
{
    return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Task<void> detail::Promise<void>::get_return_object() noexcept
{
    return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}
template <class T> struct LeafState {
    std::optional<T> value;
    std::coroutine_handle<> waiter;
};
template <class T> class Resolver {
public:
    explicit Resolver(std::weak_ptr<LeafState<T>> s)
        : m_state(std::move(s)) {} // may be called late, twice, or after the frame is gone: only
                                   // the first on a live frame counts
    bool operator()(T v) const
    {
        const auto s = m_state.lock();
        if (!s || s->value)
            return false;
        s->value.emplace(std::move(v));
        if (s->waiter)
            std::exchange(s->waiter, {}).resume();
        return true;
    }

private:
    std::weak_ptr<LeafState<T>> m_state;
};
template <class T> class Leaf {
public:
    Leaf() : m_state(std::make_shared<LeafState<T>>()) {}
    Leaf(Leaf&&) = delete;
    Resolver<T> resolver() const
    {
        return Resolver<T>(m_state);
    } // the only way from a callback to a coroutine
    bool await_ready() const noexcept { return m_state->value.has_value(); }
    void await_suspend(std::coroutine_handle<> h) noexcept { m_state->waiter = h; }
    T await_resume() { return std::move(*m_state->value); }

private:
    std::shared_ptr<LeafState<T>> m_state;
};
class TaskGroup final : detail::Completion {
public:
    TaskGroup() = default;
    TaskGroup(TaskGroup&&) = delete;
    std::stop_token stopToken() const { return m_stop.get_token(); }
    void requestStop() { m_stop.request_stop(); }
    void spawn(Task<void> t)
    {
        reap();
        auto& c = m_tasks.emplace_back(std::move(t));
        ++m_running;
        if (c.start(this))
            --m_running;
    }
    auto join()
    {
        struct Join {
            TaskGroup& g;
            bool await_ready() const noexcept { return g.m_running == 0; }
            void await_suspend(std::coroutine_handle<> h) noexcept { g.m_joiner = h; }
            void await_resume()
            {
                g.reap();
                if (g.m_error)
                    std::rethrow_exception(std::exchange(g.m_error, {}));
            }
        };
        return Join{*this};
    }

private:
    std::coroutine_handle<> finished() noexcept override
    {
        return --m_running == 0 && m_joiner ? std::exchange(m_joiner, {}) : std::noop_coroutine();
    }
    void reap()
    {
        std::erase_if(m_tasks, [this](auto& t) {
            if (t.done() && t.error() && !m_error)
                m_error = t.error();
            return t.done();
        });
    }
    std::stop_source m_stop;
    std::list<Task<void>> m_tasks;
    std::size_t m_running = 0;
    std::coroutine_handle<> m_joiner;
    std::exception_ptr m_error;
};
template <class A, class B> class FirstOf final : detail::Completion {
public:
    FirstOf(Task<A>& a, Task<B>& b) : m_a(a), m_b(b) {}
    FirstOf(FirstOf&&) =
        delete; // 0 or 1; the loser dies with its Task: a timeout is FirstOf(work, clock.sleep(d))
    bool await_ready() { return m_a.start(this) || m_b.start(this); }
    void await_suspend(std::coroutine_handle<> h) noexcept { m_parent = h; }
    int await_resume() const { return m_a.done() ? 0 : 1; }

private:
    std::coroutine_handle<> finished() noexcept override
    {
        return m_parent ? std::exchange(m_parent, {}) : std::noop_coroutine();
    }
    Task<A>& m_a;
    Task<B>& m_b;
    std::coroutine_handle<> m_parent;
};

} // namespace counterfoil
