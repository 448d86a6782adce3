using System.Reflection;
using System.Reflection.Emit;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Emits the call class of one method: a public field per argument, and Invoke.</summary>
internal static class CallEmitter
{
    public static string Argument(int index) => $"a{index}";

    public static Type Emit(ModuleBuilder module, int ordinal, MethodInfo method, Type result)
    {
        var ancestor = typeof(GrainCall<>).MakeGenericType(result);
        var call = module.DefineType($"{method.Name}.Call{ordinal}", TypeAttributes.Sealed | TypeAttributes.NotPublic, ancestor);
        call.DefineDefaultConstructor(MethodAttributes.Public);
        var fields = method.GetParameters()
            .Select((parameter, i) => call.DefineField(Argument(i), parameter.ParameterType, FieldAttributes.Public)).ToArray();

        var invoke = call.DefineMethod(
            nameof(GrainCall.Invoke), MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig,
            typeof(Task), [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        ReturnShape.Of(method).EmitToTask(il);
        il.Emit(OpCodes.Ret);
        return call.CreateType();
    }
}
