using System.Reflection;
using System.Reflection.Emit;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>The four kinds of return type a grain method may have, and how each is turned into a task and back.</summary>
internal readonly record struct ReturnShape(Type Type, Type Result, bool IsValueTask)
{
    public static ReturnShape Of(MethodInfo method) =>
        TryOf(method.ReturnType, out var shape) ? shape : throw new InvalidOperationException($"{method} returns no task.");

    public static bool TryOf(Type type, out ReturnShape shape)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var isValueTask = definition == typeof(ValueTask) || definition == typeof(ValueTask<>);
        shape = new ReturnShape(type, type.IsGenericType ? type.GetGenericArguments()[0] : typeof(NoResult), isValueTask);
        return isValueTask || definition == typeof(Task) || definition == typeof(Task<>);
    }

    public void EmitToTask(ILGenerator il)
    {
        if (IsValueTask)
        {
            var value = il.DeclareLocal(Type);
            il.Emit(OpCodes.Stloc, value);
            il.Emit(OpCodes.Ldloca, value);
            il.Emit(OpCodes.Call, Type.GetMethod(nameof(ValueTask.AsTask))!);
        }
    }

    public void EmitFromTask(ILGenerator il)
    {
        if (IsValueTask)
        {
            var task = Type.IsGenericType ? typeof(Task<>).MakeGenericType(Result) : typeof(Task);
            il.Emit(OpCodes.Newobj, Type.GetConstructor([task])!);
        }
    }
}
