using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace OnlineSafetyTrust.System.Tests;

/// <summary>
/// Counts how often SQLite asks the operating system to sync a file, for every file this process opens from now on: its own way to the disk, with
/// a count in front of <c>xSync</c>. Not undone, as SQLite keeps what it was given for as long as a file is open.
/// </summary>
internal static class SqliteSyncs
{
    /// <summary>Bytes of <c>sqlite3_io_methods</c>, version 3: a number and 18 functions.</summary>
    private const int MethodsSize = 19 * 8;

    /// <summary>Where <c>sqlite3_vfs</c> has <c>xOpen</c>.</summary>
    private const int OpenOffset = 40;

    /// <summary>Where <c>sqlite3_io_methods</c> has <c>xSync</c>.</summary>
    private const int SyncOffset = 5 * 8;

    private static readonly ConcurrentDictionary<nint, string> Files = [];
    private static readonly ConcurrentDictionary<string, int> Counts = [];
    private static readonly ConcurrentDictionary<nint, nint> Methods = [];
    private static readonly ConcurrentDictionary<nint, Sync> Originals = [];
    private static readonly Lazy<Open> Counting = new(Install);
    private static readonly Sync OwnSync = SyncFile;
    private static Open? _original;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Open(nint vfs, nint name, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Sync(nint file, int flags);

    public static void Count() => _ = Counting.Value;

    /// <param name="file">Absolute path, such as a database's with <c>-wal</c>.</param>
    public static int Of(string file) => Counts.GetValueOrDefault(file);

    private static Open Install()
    {
        var vfs = Find(0);
        _original = Marshal.GetDelegateForFunctionPointer<Open>(Marshal.ReadIntPtr(vfs, OpenOffset));
        Open own = OpenFile;
        Marshal.WriteIntPtr(vfs, OpenOffset, Marshal.GetFunctionPointerForDelegate(own));
        return own;
    }

    private static int OpenFile(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var result = _original!(vfs, name, file, flags, outFlags);
        var methods = Marshal.ReadIntPtr(file);
        if (result == 0 && name != 0 && methods != 0)
        {
            Files[file] = Marshal.PtrToStringUTF8(name)!;
            Marshal.WriteIntPtr(file, Methods.GetOrAdd(methods, CopyOf));
        }

        return result;
    }

    private static nint CopyOf(nint methods)
    {
        var bytes = new byte[MethodsSize];
        Marshal.Copy(methods, bytes, 0, bytes.Length);
        var own = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes, 0, own, bytes.Length);
        Originals[own] = Marshal.GetDelegateForFunctionPointer<Sync>(Marshal.ReadIntPtr(methods, SyncOffset));
        Marshal.WriteIntPtr(own, SyncOffset, Marshal.GetFunctionPointerForDelegate(OwnSync));
        return own;
    }

    private static int SyncFile(nint file, int flags)
    {
        Counts.AddOrUpdate(Files[file], 1, (_, n) => n + 1);
        return Originals[Marshal.ReadIntPtr(file)](file, flags);
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern nint Find(nint name);
}
