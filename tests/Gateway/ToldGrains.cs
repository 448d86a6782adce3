using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace OnlineSafetyTrust.Gateway.Tests;

/// <summary>Grains of no silo: they note what they are told and answer as the test says.</summary>
internal sealed class ToldGrains
{
    private readonly Func<object, Task> _answer;

    /// <param name="answer">To a <see cref="DueNotice"/>, a <see cref="MessageNotice"/>, or the name of a method that takes nothing; null: done.</param>
    public ToldGrains(Func<object, Task>? answer = null)
    {
        _answer = answer ?? (_ => Task.CompletedTask);
        Factory = (IGrainFactory)Proxy.Of(typeof(IGrainFactory), (method, args) => Proxy.Of(method.GetGenericArguments()[0], (told, with) => Tell((string)args[0]!, with.Length == 0 ? told.Name : with[0]!)));
    }

    public IGrainFactory Factory { get; }

    /// <summary>With the grain's key, in order.</summary>
    public ConcurrentQueue<(string Key, object Notice)> Told { get; } = [];

    private Task Tell(string key, object notice)
    {
        Told.Enqueue((key, notice));
        return _answer(notice);
    }

    [SuppressMessage("Performance", "CA1852", Justification = "The runtime makes the type that derives from it.")]
    private class Proxy : DispatchProxy
    {
        private Func<MethodInfo, object?[], object> _call = null!;

        public static object Of(Type type, Func<MethodInfo, object?[], object> call)
        {
            var proxy = Create(type, typeof(Proxy));
            ((Proxy)proxy)._call = call;
            return proxy;
        }

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => _call(targetMethod!, args!);
    }
}
