using System.Reflection;

namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Refuses an interface that holds what cannot cross, with all its faults in one message.</summary>
internal static class ContractCheck
{
    public static void Throw(Type grainInterface)
    {
        var faults = ProxyEmitter.Methods(grainInterface).SelectMany(Faults).Distinct().ToList();
        if (faults.Count > 0)
        {
            throw new GrainContractException(
                $"{grainInterface} cannot be called:{string.Concat(faults.Select(fault => Environment.NewLine + "- " + fault))}");
        }
    }

    private static IEnumerable<string> Faults(MethodInfo method)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (method.IsGenericMethod)
        {
            yield return $"{name}: generic methods are not in the slice.";
            yield break;
        }

        if (ReturnShape.TryOf(method.ReturnType, out var shape))
        {
            foreach (var fault in CrossingTypes.Faults(shape.Result))
            {
                yield return $"{name}: result: {fault}";
            }
        }
        else
        {
            yield return $"{name}: returns {method.ReturnType.Name}; only Task, Task<T>, ValueTask and ValueTask<T> are in the slice.";
        }

        foreach (var parameter in method.GetParameters())
        {
            foreach (var fault in CrossingTypes.Faults(parameter.ParameterType))
            {
                yield return $"{name}: parameter {parameter.Name}: {fault}";
            }
        }
    }
}
