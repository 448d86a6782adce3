using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OnlineSafetyTrust.Storage.Sqlite;

internal static class SqliteErrors
{
    private const int IoErrorFsync = 1034;
    private const int IoErrorDirFsync = 1290;
    private const int IoErrorShmSize = 4874;

    /// <param name="committing">An I/O error while committing leaves the outcome open: a commit mark may have reached the file.</param>
    public static StoreException Explain(Exception error, string file, bool committing)
    {
        if (error is StoreException known)
        {
            return known;
        }

        if (error is not SqliteException sqlite)
        {
            return new StoreException(StoreProblem.Unexpected, $"The store failed: {error.Message}", nothingStored: !committing, error);
        }

        return (sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode) switch
        {
            (raw.SQLITE_FULL, _) or (_, IoErrorShmSize) => new(StoreProblem.DiskFull, $"The disk that holds {file} is full: nothing was stored. Free space; the product goes on by itself.", true, error),
            (raw.SQLITE_BUSY or raw.SQLITE_LOCKED, _) => new(StoreProblem.Locked, $"{file} is locked by another process: nothing was stored. Stop the other process (a second copy of the product, a backup, an open sqlite3 shell).", true, error),
            (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB, _) => new(StoreProblem.Corrupt, $"{file} is damaged. Stop the product, keep the file, restore the newest backup and run './dev verify'.", true, error),
            (raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM, _) => new(StoreProblem.Misconfigured, $"{file} cannot be opened for writing. Check that the folder exists and that the product's user may write there.", true, error),
            (_, IoErrorFsync or IoErrorDirFsync) => new(StoreProblem.FlushFailed, $"The disk did not confirm a write to {file}: what was stored last is unknown. Check the disk, then restart the product.", false, error),
            (raw.SQLITE_IOERR, _) => new(StoreProblem.Unexpected, $"The disk failed while {file} was used. Check the disk.", !committing, error),
            _ => new(StoreProblem.Unexpected, $"The store refused a statement: {error.Message}", true, error),
        };
    }
}
