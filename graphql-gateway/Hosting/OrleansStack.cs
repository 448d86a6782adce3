using HotChocolate.Configuration;
using HotChocolate.Execution.Configuration;
using HotChocolate.Language;
using HotChocolate.Resolvers;
using HotChocolate.Types.Descriptors.Definitions;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Hot Chocolate in the gateway. Its packages are not in this feed: written against its documentation, checked elsewhere.</summary>
internal static class ApiStack
{
    // Deliberately missing: budgets by cost, and subscriptions. Hot Chocolate has no place known to us where the read audit of an answer
    // that is pushed could be made durable before it leaves, and without the audit nothing may be pushed (J1).
    public static void Add(IServiceCollection services)
    {
    }

    public static IRequestExecutorBuilder AddBounds(IRequestExecutorBuilder builder) => builder;

    public static IRequestExecutorBuilder AddSubscriptions(IRequestExecutorBuilder builder) => builder;

    public static void Map(WebApplication app) =>
        app.MapGraphQL("/graphql").WithOptions(new GraphQLServerOptions { EnforceGetRequestsPreflightHeader = true, EnableMultipartRequests = false, EnableBatching = false });
}

/// <inheritdoc cref="OrleansStack.AddFieldMark{TAttribute}"/>
public interface IMarkedFieldObserver
{
    /// <summary>Asked of each value that is not null before it is written: what this throws is the field's error.</summary>
    void Check(object value);

    /// <param name="coordinate">Such as <c>Pupil.name</c>.</param>
    void Answered(string coordinate);
}

/// <inheritdoc cref="OrleansStack.AddFieldMark{TAttribute}"/>
public sealed class MarkedFieldException(string coordinate, Exception failure) : Exception($"{coordinate} failed with {failure.GetType()}.")
{
    /// <summary>What failed. Its words may be personal: decide by its type.</summary>
    public Exception Failure => failure;

    public override string? StackTrace => failure.StackTrace;
}

/// <summary>What the embedded GraphQL engine offers beyond Hot Chocolate (docs/adr/0004-personal-fields.md).</summary>
public static class OrleansStack
{
    /// <summary>
    /// Properties with the attribute carry the directive. Answered ones are told to the request's
    /// <see cref="IMarkedFieldObserver"/>; when one fails, nothing that the exception says is passed on or logged.
    /// </summary>
    public static IRequestExecutorBuilder AddFieldMark<TAttribute>(this IRequestExecutorBuilder builder, string directive, string description)
        where TAttribute : Attribute => builder
            .AddDirectiveType(new DirectiveType(d => d.Name(directive).Description(description).Location(HotChocolate.Types.DirectiveLocation.FieldDefinition | HotChocolate.Types.DirectiveLocation.InputFieldDefinition)))
            .TryAddTypeInterceptor(new FieldMarks(typeof(TAttribute), directive));

    private sealed class FieldMarks(Type attribute, string directive) : TypeInterceptor
    {
        public override void OnBeforeRegisterDependencies(ITypeDiscoveryContext discoveryContext, DefinitionBase definition)
        {
            if (definition is ObjectTypeDefinition type)
            {
                foreach (var field in type.Fields.Where(f => f.Member?.IsDefined(attribute, true) == true))
                {
                    field.Directives.Add(new DirectiveDefinition(new DirectiveNode(directive)));
                    var coordinate = $"{type.Name}.{field.Name}";
                    field.MiddlewareDefinitions.Insert(0, new FieldMiddlewareDefinition(next => context => RunAsync(next, context, coordinate)));
                }
            }
            else if (definition is InputObjectTypeDefinition input)
            {
                foreach (var field in input.Fields.Where(f => f.Property?.IsDefined(attribute, true) == true))
                {
                    field.Directives.Add(new DirectiveDefinition(new DirectiveNode(directive)));
                }
            }
        }

        private static async ValueTask RunAsync(FieldDelegate next, IMiddlewareContext context, string coordinate)
        {
            var observer = context.Services.GetService<IMarkedFieldObserver>();
            try
            {
                await next(context);
                if (context.Result is { } value)
                {
                    observer?.Check(value);
                }
            }
            catch (GraphQLException refusal)
            {
                throw new GraphQLException(refusal.Errors.Select(e => ErrorBuilder.New().SetMessage("Unexpected Execution Error").SetCode(e.Code).Build()));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new MarkedFieldException(coordinate, failure);
            }

            if (context.Result is not null)
            {
                observer?.Answered(coordinate);
            }
        }
    }
}
