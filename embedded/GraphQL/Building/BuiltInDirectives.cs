using OnlineSafetyTrust.Embedded.GraphQL.Types;

namespace OnlineSafetyTrust.Embedded.GraphQL.Building;

internal static class BuiltInDirectives
{
    public static IEnumerable<DirectiveDefinition> All(TypeRegistry types)
    {
        var (yes, text) = (types.Scalar("Boolean").NonNull, types.Scalar("String"));
        const DirectiveLocations selections = DirectiveLocations.Field | DirectiveLocations.FragmentSpread | DirectiveLocations.InlineFragment;
        yield return new("skip", selections, false, [new("if", yes)]) { IsBuiltIn = true };
        yield return new("include", selections, false, [new("if", yes)]) { IsBuiltIn = true };
        yield return new("deprecated", DirectiveLocations.FieldDefinition | DirectiveLocations.ArgumentDefinition | DirectiveLocations.InputFieldDefinition | DirectiveLocations.EnumValue, false,
            [new("reason", text.NonNull) { DefaultLiteral = "\"No longer supported\"", DefaultValue = "No longer supported" }]) { IsBuiltIn = true };
        yield return new("specifiedBy", DirectiveLocations.Scalar, false, [new("url", text.NonNull)]) { IsBuiltIn = true };
        yield return new("oneOf", DirectiveLocations.InputObject, false, []) { IsBuiltIn = true };
    }
}
