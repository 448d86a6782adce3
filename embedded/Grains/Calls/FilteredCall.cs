using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>A request on its way through the filters; only made when there are some.</summary>
internal sealed class FilteredCall<TResult>(GrainCall<TResult> call, object grain, IIncomingGrainCallFilter[] filters)
    : IIncomingGrainCallContext, IInvokable
{
    private int _next;

    public IInvokable Request => this;

    public object Grain => grain;

    public GrainId TargetId => TargetContext.GrainId;

    public IGrainContext TargetContext => call.Activation!;

    public string InterfaceName => GetInterfaceType().Name;

    public string MethodName => InterfaceMethod.Name;

    public MethodInfo InterfaceMethod => call.Method.Info!;

    public object? Result { get; set; }

    public TResult TypedResult => Result is TResult result ? result : default!;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public async Task Invoke()
    {
        if (_next < filters.Length)
        {
            await filters[_next++].Invoke(this);
            return;
        }

        if (_next++ == filters.Length && grain is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
            return;
        }

        var task = call.Invoke(grain);
        await task;
        Result = task is Task<TResult> typed && typeof(TResult) != typeof(NoResult) ? typed.Result : null;
    }

    public int GetArgumentCount() => call.Method.Arguments.Length;

    public object? GetArgument(int index) => call.Method.Arguments[index].GetValue(call);

    public void SetArgument(int index, object? value) => call.Method.Arguments[index].SetValue(call, value);

    public string GetMethodName() => MethodName;

    public string GetInterfaceName() => InterfaceName;

    public MethodInfo GetMethod() => InterfaceMethod;

    public Type GetInterfaceType() => call.Method.Interface!;
}
