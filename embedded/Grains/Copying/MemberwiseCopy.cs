using System.Reflection;
using System.Reflection.Emit;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Copies a record or class: a shallow clone whose mutable members are replaced by copies of theirs.</summary>
internal static class MemberwiseCopy
{
    private static readonly MethodInfo Clone =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(SerializedMembers.Own))
            {
                yield return field;
            }
        }
    }

    public static Func<T, T> For<T>()
    {
        var type = typeof(T);
        var method = new DynamicMethod($"Copy.{type.Name}", type, [type], typeof(MemberwiseCopy).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var copy = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldarg_0);
        if (!type.IsValueType)
        {
            il.Emit(OpCodes.Call, Clone);
            il.Emit(OpCodes.Castclass, type);
        }

        il.Emit(OpCodes.Stloc, copy);
        foreach (var field in FieldsOf(type).Where(NeedsCopy))
        {
            il.Emit(type.IsValueType ? OpCodes.Ldloca : OpCodes.Ldloc, copy);
            il.Emit(OpCodes.Ldloc, copy);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Call, typeof(DeepCopy<>).MakeGenericType(field.FieldType).GetMethod("Copy")!);
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldloc, copy);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<T, T>>();
    }

    private static bool NeedsCopy(FieldInfo field) =>
        !SerializedMembers.IsImmutable(field) && !Immutability.IsCertain(field.FieldType);
}
