using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Runs around every request that a grain receives.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Awaits <see cref="IGrainCallContext.Invoke"/> to go on, or sets the result instead.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>One request, for filters.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    object Grain { get; }

    GrainId TargetId { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    /// <summary>Null before <see cref="Invoke"/> and for methods without a result.</summary>
    object? Result { get; set; }

    Task Invoke();
}

/// <summary>A request on its way into a grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    MethodInfo ImplementationMethod { get; }
}

/// <summary>The arguments of a request.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();

    Type GetInterfaceType();
}
