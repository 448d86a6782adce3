namespace OnlineSafetyTrust.Gateway.Development;

/// <summary>GraphiQL with an example for each persona, from the npm packages in <c>tools/graphiql</c>: nothing comes from another host.</summary>
internal static class GraphiQLPage
{
    public const string Variable = "OST_GRAPHIQL";

    // All that is served, and what it is served as.
    private static readonly Dictionary<string, (string File, string Type)> Files = new(StringComparer.Ordinal)
    {
        [""] = ("index.html", "text/html; charset=utf-8"),
        ["start.js"] = ("start.js", "text/javascript; charset=utf-8"),
        ["examples.json"] = ("examples.json", "application/json"),
        ["graphiql.js"] = ("node_modules/graphiql/graphiql.min.js", "text/javascript; charset=utf-8"),
        ["graphiql.css"] = ("node_modules/graphiql/graphiql.min.css", "text/css; charset=utf-8"),
        ["react.js"] = ("node_modules/react/umd/react.production.min.js", "text/javascript; charset=utf-8"),
        ["react-dom.js"] = ("node_modules/react-dom/umd/react-dom.production.min.js", "text/javascript; charset=utf-8"),
    };

    /// <summary>Maps the page when the environment says where its files are.</summary>
    public static void MapGraphiQL(this RouteGroupBuilder dev)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory)
        {
            // Without the slash, the page's own files would be looked for beside it.
            dev.MapGet("/graphiql", (HttpContext http) => http.Request.Path.Value!.EndsWith('/') ? Serve(directory, "") : Results.Redirect("/dev/graphiql/"));
            dev.MapGet("/graphiql/{file}", (string file) => Serve(directory, file));
        }
    }

    private static IResult Serve(string directory, string name) =>
        Files.TryGetValue(name, out var found) && System.IO.Path.GetFullPath(System.IO.Path.Combine(directory, found.File)) is var path && File.Exists(path)
            ? Results.File(path, found.Type)
            : Results.NotFound();
}
