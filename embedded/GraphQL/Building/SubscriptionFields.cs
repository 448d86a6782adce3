using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;
using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

/// <summary>The streams of subscription fields: from a topic, or from the method that <c>With</c> names.</summary>
internal static class SubscriptionFields
{
    public static EventSource Events(MethodInfo method, FieldDefinition field, ResolverCompiler compiler, FieldFactory fields)
    {
        var with = method.GetCustomAttribute<SubscribeAttribute>()!.With;
        if (with is not null)
        {
            var stream = method.DeclaringType!.GetMethod(with) ?? throw new InvalidOperationException($"{method.DeclaringType} has no method {with}.");
            fields.AddArguments(field, stream);
            return Generic(nameof(Own), Message(stream.ReturnType), stream, field, compiler);
        }

        var message = method.GetParameters().FirstOrDefault(p => p.IsDefined(typeof(EventMessageAttribute)))
            ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} needs an [EventMessage].");
        return Generic(nameof(Topic), message.ParameterType, method, field, compiler);
    }

    private static EventSource Generic(string name, Type message, MethodInfo method, FieldDefinition field, ResolverCompiler compiler) =>
        (EventSource)typeof(SubscriptionFields).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(message).Invoke(null, [method, field, compiler])!;

    private static Type Message(Type returned)
    {
        var stream = ClrTypes.Result(returned);
        return stream.IsGenericType && (stream.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) || stream.GetGenericTypeDefinition() == typeof(ISourceStream<>))
            ? stream.GetGenericArguments()[0]
            : throw new InvalidOperationException($"{returned} is no stream of messages.");
    }

    private static OwnEvents<T> Own<T>(MethodInfo method, FieldDefinition field, ResolverCompiler compiler)
    {
        int Index(ParameterInfo p) => field.FindArgument(Naming.Argument(p))!.Index;
        if (ClrTypes.Result(method.ReturnType) != typeof(IAsyncEnumerable<T>))
        {
            // ISourceStream comes in a ValueTask, as ITopicEventReceiver gives it.
            var subscribe = compiler.Compile<ValueTask<ISourceStream<T>>>(method, Index);
            return new(async (arguments, operation) => (await subscribe(null, arguments, operation).ConfigureAwait(false)).ReadEventsAsync());
        }

        if (method.ReturnType == typeof(Task<IAsyncEnumerable<T>>))
        {
            var task = compiler.Compile<Task<IAsyncEnumerable<T>>>(method, Index);
            return new((arguments, operation) => new(task(null, arguments, operation)));
        }

        if (method.ReturnType == typeof(ValueTask<IAsyncEnumerable<T>>))
        {
            var later = compiler.Compile<ValueTask<IAsyncEnumerable<T>>>(method, Index);
            return new((arguments, operation) => later(null, arguments, operation));
        }

        var now = compiler.Compile<IAsyncEnumerable<T>>(method, Index);
        return new((arguments, operation) => ValueTask.FromResult(now(null, arguments, operation)));
    }

    private static OwnEvents<T> Topic<T>(MethodInfo method, FieldDefinition field, ResolverCompiler _)
    {
        var named = method.GetCustomAttribute<TopicAttribute>()?.Name
            ?? method.GetParameters().FirstOrDefault(p => p.IsDefined(typeof(TopicAttribute))) switch
            {
                { } p => $"{{{p.Name}}}",
                _ => method.Name,
            };
        var template = CompositeFormatOf(named, method, field);
        return new(async (arguments, operation) =>
        {
            var receiver = operation.Services.GetRequiredService<ITopicEventReceiver>();
            var stream = await receiver.SubscribeAsync<T>(template(arguments), operation.Aborted).ConfigureAwait(false);
            return Disposing(stream, operation.Aborted);
        });
    }

    private static async IAsyncEnumerable<T> Disposing<T>(ISourceStream<T> stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var message in stream.ReadEventsAsync().WithCancellation(cancellation).ConfigureAwait(false))
            {
                yield return message;
            }
        }
    }

    private static Func<object?[], string> CompositeFormatOf(string topic, MethodInfo method, FieldDefinition field)
    {
        var parts = topic.Split('{', '}');
        var indexes = new int[parts.Length];
        for (var i = 1; i < parts.Length; i += 2)
        {
            var parameter = Array.Find(method.GetParameters(), p => p.Name == parts[i])
                ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} has no parameter {parts[i]} for its topic.");
            indexes[i] = field.FindArgument(Naming.Argument(parameter))!.Index;
        }

        return arguments =>
        {
            var text = new StringBuilder();
            for (var i = 0; i < parts.Length; i++)
            {
                text.Append(i % 2 == 0 ? parts[i] : Convert.ToString(arguments[indexes[i]], CultureInfo.InvariantCulture));
            }

            return text.ToString();
        };
    }

    private sealed class OwnEvents<T>(Func<object?[], OperationContext, ValueTask<IAsyncEnumerable<T>>> subscribe) : EventSource
    {
        public override async ValueTask<IAsyncEnumerable<object?>> SubscribeAsync(object?[] arguments, OperationContext operation) =>
            Boxed(await subscribe(arguments, operation).ConfigureAwait(false), operation.Aborted);

        private static async IAsyncEnumerable<object?> Boxed(IAsyncEnumerable<T> stream, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var message in stream.WithCancellation(cancellation).ConfigureAwait(false))
            {
                yield return message;
            }
        }
    }
}
