using System.Collections.Concurrent;
using OnlineSafetyTrust.Contracts.Journal;

namespace OnlineSafetyTrust.Storage.Sql;

/// <summary>One statement per view table for the life of the process, so that prepared statements are found by reference.</summary>
internal static class ViewWrites
{
    private static readonly ConcurrentDictionary<string, (TableWrite Upsert, TableWrite Delete)> Known = new(StringComparer.Ordinal);

    public static TableWrite Upsert(ViewTable table) => Of(table).Upsert;

    public static TableWrite Delete(ViewTable table) => Of(table).Delete;

    public static void Fill(RowBatch batch, string tenant, string stream, ViewRow row)
    {
        if (row.Values.Count != row.Table.Columns.Count)
        {
            throw new InvalidOperationException($"A row of {row.Table.TableName} has {row.Values.Count} values for {row.Table.Columns.Count} columns.");
        }

        batch.Add(tenant).Add(row.Id).Add(stream);
        foreach (var value in row.Values)
        {
            batch.AddValue(value);
        }

        batch.Add(Journal.FlushPlan.Exact(row.Body));
    }

    private static (TableWrite Upsert, TableWrite Delete) Of(ViewTable table) =>
        Known.GetOrAdd(table.TableName, static (_, t) => (TableWrite.View(t), TableWrite.GoneView(t)), table);
}
