using System.Data.Common;
using Dapper;
using Npgsql;

namespace OnlineSafetyTrust.Storage.Postgres;

/// <summary>What the reader's role may see: one tenant's rows, by the setting its transaction carries. Without the setting: nothing.</summary>
internal sealed class ReaderAccess(string readerConnectionString)
{
    private static readonly string[] Shared = ["lookups", "read_audit", "read_audit_records"];

    private readonly string _role = Quote(new NpgsqlConnectionStringBuilder(readerConnectionString).Username ?? "");

    public async Task GrantAsync(DbConnection connection)
    {
        await CheckRoleAsync(connection);
        foreach (var table in Shared)
        {
            await connection.ExecuteAsync(For(table));
        }

        await connection.ExecuteAsync(For("counters", "tenant = current_setting('app.tenant', true) OR tenant = ANY(string_to_array(current_setting('app.tenants', true), ','))"));
    }

    /// <summary>FORCE: the owner obeys policies too, so each role has its own and any other role sees nothing.</summary>
    public string For(string table) => For(table, "tenant = current_setting('app.tenant', true)");

    private string For(string table, string visible) => $"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS writes_all ON {table};
        DROP POLICY IF EXISTS reads_own ON {table};
        CREATE POLICY writes_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY reads_own ON {table} FOR SELECT TO {_role} USING ({visible});
        GRANT SELECT ON {table} TO {_role};

        """;

    private async Task CheckRoleAsync(DbConnection connection)
    {
        var name = _role.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);
        var role = await connection.QuerySingleOrDefaultAsync<(bool Super, bool Bypass, bool Same)?>(
            "SELECT rolsuper, rolbypassrls, rolname = current_user FROM pg_roles WHERE rolname = @name", new { name });
        if (role is null)
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The reader's role {_role} does not exist. Create it: CREATE ROLE {_role} LOGIN NOSUPERUSER NOBYPASSRLS.", true);
        }

        if (role is { Super: true } or { Bypass: true } or { Same: true })
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The reader's role {_role} is held by no row-level security. Use a role of its own: no superuser, no BYPASSRLS, not the writer's.", true);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
