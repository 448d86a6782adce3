using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>
/// Emits, per interface, a proxy class and one call class per method with a typed field per argument, so that
/// a call needs neither reflection nor boxed arguments.
/// </summary>
internal sealed class ProxyEmitter
{
    private const string MethodsField = "Methods";

    private readonly Type _interface;
    private readonly ModuleBuilder _module;
    private readonly TypeBuilder _proxy;
    private readonly FieldBuilder _methods;
    private readonly List<GrainMethod> _described = [];

    private ProxyEmitter(Type grainInterface)
    {
        _interface = grainInterface;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"Proxies.{grainInterface.FullName}"), AssemblyBuilderAccess.Run);
        ForeignAccess.Grant(assembly, [typeof(GrainReference), grainInterface, .. Methods(grainInterface).SelectMany(Types)]);
        _module = assembly.DefineDynamicModule("Proxies");
        _proxy = _module.DefineType(
            $"{grainInterface.Name}.Proxy", TypeAttributes.Sealed | TypeAttributes.NotPublic, typeof(GrainReference), [grainInterface]);
        _methods = _proxy.DefineField(MethodsField, typeof(GrainMethod[]), FieldAttributes.Static | FieldAttributes.Assembly);
    }

    /// <returns>A <c>Func&lt;SiloLink, GrainId, TGrainInterface&gt;</c>.</returns>
    public static Delegate Emit(Type grainInterface)
    {
        var emitter = new ProxyEmitter(grainInterface);
        emitter.EmitConstructor();
        foreach (var method in Methods(grainInterface))
        {
            emitter.EmitMethod(method);
        }

        var proxy = emitter._proxy.CreateType();
        proxy.GetField(MethodsField, BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, emitter._described.ToArray());
        var link = Expression.Parameter(typeof(SiloLink));
        var id = Expression.Parameter(typeof(GrainId));
        return Expression.Lambda(
            typeof(Func<,,>).MakeGenericType(typeof(SiloLink), typeof(GrainId), grainInterface),
            Expression.New(proxy.GetConstructors()[0], link, id), link, id).Compile();
    }

    public static IEnumerable<MethodInfo> Methods(Type grainInterface) =>
        grainInterface.GetInterfaces().Prepend(grainInterface).SelectMany(type => type.GetMethods())
            .Where(method => method is { IsStatic: false, IsAbstract: true });

    private static IEnumerable<Type> Types(MethodInfo method) =>
        [method.DeclaringType!, method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)];

    private void EmitConstructor()
    {
        Type[] parameters = [typeof(SiloLink), typeof(GrainId)];
        var il = _proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    private void EmitMethod(MethodInfo method)
    {
        var result = ReturnShape.Of(method).Result;
        var call = CallEmitter.Emit(_module, _described.Count, method, result);
        var parameters = method.GetParameters();
        var builder = _proxy.DefineMethod(
            $"{method.DeclaringType!.Name}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot | MethodAttributes.Final,
            method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        _proxy.DefineMethodOverride(builder, method);
        var il = builder.GetILGenerator();

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.GetConstructor(Type.EmptyTypes)!);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            EmitCopy(il, parameters[i]);
            il.Emit(OpCodes.Stfld, call.GetField(CallEmitter.Argument(i))!);
        }

        il.Emit(OpCodes.Ldsfld, _methods);
        il.Emit(OpCodes.Ldc_I4, _described.Count);
        il.Emit(OpCodes.Ldelem_Ref);
        EmitToken(il, parameters);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetMethod(nameof(GrainReference.Send))!.MakeGenericMethod(result));
        ReturnShape.Of(method).EmitFromTask(il);
        il.Emit(OpCodes.Ret);

        _described.Add(new GrainMethod(method, _interface)
        {
            Arguments = [.. parameters.Select((_, i) => call.GetField(CallEmitter.Argument(i))!)],
        });
    }

    private static void EmitCopy(ILGenerator il, ParameterInfo parameter)
    {
        if (!parameter.IsDefined(typeof(ImmutableAttribute)) && !Immutability.IsCertain(parameter.ParameterType))
        {
            il.Emit(OpCodes.Call, typeof(DeepCopy<>).MakeGenericType(parameter.ParameterType).GetMethod("Copy")!);
        }
    }

    private static void EmitToken(ILGenerator il, ParameterInfo[] parameters)
    {
        if (parameters is [.., { ParameterType: var last }] && last == typeof(CancellationToken))
        {
            il.Emit(OpCodes.Ldarg, parameters.Length);
            return;
        }

        var none = il.DeclareLocal(typeof(CancellationToken));
        il.Emit(OpCodes.Ldloca, none);
        il.Emit(OpCodes.Initobj, typeof(CancellationToken));
        il.Emit(OpCodes.Ldloc, none);
    }
}
