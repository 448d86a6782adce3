using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Postgres;

/// <summary>What the reader's role may see: one tenant's rows, by the setting its transaction carries. Without the setting: nothing.</summary>
internal sealed class ReaderAccess(string readerConnectionString)
{
    private const string Own = "tenant = current_setting('app.tenant', true)";
    private const string OwnOrMembers = $"{Own} OR tenant = ANY(string_to_array(current_setting('app.tenants', true), ','))";

    private static readonly (string Table, string Visible)[] Shared = [("lookups", Own), ("read_audit", Own), ("read_audit_records", Own), ("counters", OwnOrMembers)];

    private readonly string _name = new NpgsqlConnectionStringBuilder(readerConnectionString).Username ?? "";

    public async Task GrantAsync(DbConnection connection)
    {
        await CheckRoleAsync(connection);
        var writer = await connection.ExecuteScalarAsync<string>("SELECT current_user");
        foreach (var (table, visible) in Shared)
        {
            // Only what is not so already: it locks the table against a product that runs beside this one.
            var sql = For(table, visible);
            var mark = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{writer}\n{sql}")));
            var set = await connection.ExecuteScalarAsync<string>(
                "SELECT obj_description(p.oid, 'pg_policy') FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polrelid = to_regclass(@table) AND p.polname = 'reads_own' AND c.relrowsecurity AND c.relforcerowsecurity AND has_table_privilege(@role, c.oid, 'SELECT')",
                new { table, role = _name });
            if (set != mark)
            {
                await connection.ExecuteAsync($"{sql}COMMENT ON POLICY reads_own ON {table} IS '{mark}'");
            }
        }
    }

    /// <summary>Tables of views that a restore, another role or somebody by hand has left otherwise than they were made.</summary>
    public async Task MendAsync(DbConnection connection, IReadOnlyList<ViewTable> tables)
    {
        const string Wrong = """
            SELECT t.name FROM unnest(@names) AS t(name) JOIN pg_class c ON c.oid = to_regclass(t.name)
             WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity AND has_table_privilege(@role, c.oid, 'SELECT')
               AND EXISTS (SELECT 1 FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles) WHERE p.polrelid = c.oid AND p.polname = 'reads_own' AND r.rolname = @role)
               AND EXISTS (SELECT 1 FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles) WHERE p.polrelid = c.oid AND p.polname = 'writes_all' AND r.rolname = current_user))
            """;
        var wrong = (await connection.QueryAsync<string>(Wrong, new { names = tables.Select(t => t.TableName).ToArray(), role = _name })).ToHashSet(StringComparer.Ordinal);
        foreach (var table in tables.Where(t => wrong.Contains(t.TableName)))
        {
            await connection.ExecuteAsync(For(table));
        }
    }

    /// <summary>FORCE: the owner obeys policies too, so each role has its own and any other role sees nothing. What is not personal is read by the schools' trust, too.</summary>
    /// <param name="name">Of the table, where it is built beside the running one.</param>
    public string For(ViewTable table, string? name = null) => For(name ?? table.TableName, table.Personal ? Own : OwnOrMembers);

    private string For(string table, string visible) => $"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS writes_all ON {table};
        DROP POLICY IF EXISTS reads_own ON {table};
        CREATE POLICY writes_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY reads_own ON {table} FOR SELECT TO {Role} USING ({visible});
        GRANT SELECT ON {table} TO {Role};

        """;

    private string Role => $"\"{_name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task CheckRoleAsync(DbConnection connection)
    {
        var role = await connection.QuerySingleOrDefaultAsync<(bool Super, bool Bypass, bool Same)?>(
            "SELECT rolsuper, rolbypassrls, rolname = current_user FROM pg_roles WHERE rolname = @name", new { name = _name });
        if (role is null)
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The reader's role {Role} does not exist. Create it: CREATE ROLE {Role} LOGIN NOSUPERUSER NOBYPASSRLS.", true);
        }

        if (role is { Super: true } or { Bypass: true } or { Same: true })
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The reader's role {Role} is held by no row-level security. Use a role of its own: no superuser, no BYPASSRLS, not the writer's.", true);
        }
    }
}
