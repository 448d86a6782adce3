using System.IO.Compression;
using System.Security.Cryptography;

namespace OnlineSafetyTrust.Roster.Reading;

/// <summary>The zip: flat, small enough, unpacked one file at a time. Sizes are counted while unpacking, the zip's own claims are not believed.</summary>
internal sealed class Bundle : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly BundleLimits _limits;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private long _unpacked;
    private bool _tooLarge;

    private Bundle(ZipArchive zip, string hash, BundleLimits limits) => (_zip, Hash, _limits) = (zip, hash, limits);

    public string Hash { get; }

    public IEnumerable<string> Names => _entries.Keys;

    public static Bundle? Open(Stream stream, BundleLimits limits, Problems problems)
    {
        var copy = new MemoryStream();
        if (!CopyUpTo(stream, copy, limits.ZipBytes))
        {
            problems.Bundle("ROSTER_TOO_LARGE", $"The file is larger than {limits.ZipBytes >> 20} MB. Export one school at a time.");
            return null;
        }

        try
        {
            copy.Position = 0;
            var hash = Convert.ToHexStringLower(SHA256.HashData(copy));
            copy.Position = 0;
            var bundle = new Bundle(new ZipArchive(copy, ZipArchiveMode.Read), hash, limits);
            if (bundle.Check(problems))
            {
                return bundle;
            }

            bundle.Dispose();
        }
        catch (InvalidDataException)
        {
            problems.Bundle("ROSTER_NOT_ZIP", "This is not a zip file, or it is damaged. Export the OneRoster bundle again and give it as it is.");
        }

        return null;
    }

    public bool Has(string file) => _entries.ContainsKey(file);

    /// <summary>Null when it cannot be read, which is then among the problems.</summary>
    public byte[]? Unpack(string file, Problems problems)
    {
        if (_tooLarge)
        {
            return null;
        }

        var entry = _entries[file];
        var allowed = Math.Min(_limits.FileBytes, Math.Min(_limits.TotalBytes - _unpacked, Math.Max(1 << 20, entry.CompressedLength * _limits.Ratio)));
        using var bytes = new MemoryStream();
        try
        {
            using var content = entry.Open();
            if (!CopyUpTo(content, bytes, allowed))
            {
                _tooLarge = true;
                problems.File("ROSTER_TOO_LARGE", file, "unpacks to more than is allowed, or far more than a roster of its size does. Export again, one school at a time.");
                return null;
            }
        }
        catch (InvalidDataException)
        {
            problems.File("ROSTER_NOT_ZIP", file, "is damaged inside the zip. Export the bundle again.");
            return null;
        }

        _unpacked += bytes.Length;
        return bytes.ToArray();
    }

    public void Dispose() => _zip.Dispose();

    private bool Check(Problems problems)
    {
        if (_zip.Entries.Count > _limits.Files)
        {
            problems.Bundle("ROSTER_TOO_LARGE", $"The zip holds more than {_limits.Files} files; a OneRoster bundle has at most 22. Give the bundle alone.");
            return false;
        }

        foreach (var entry in _zip.Entries)
        {
            if (entry.FullName.AsSpan().ContainsAny('/', '\\') || entry.FullName is "" or "." or "..")
            {
                problems.Bundle("ROSTER_NOT_FLAT", "The zip holds folders. Zip the CSV files themselves, not the folder they are in.");
                return false;
            }

            if (!_entries.TryAdd(entry.FullName, entry))
            {
                problems.Bundle("ROSTER_FILE_TWICE", "The zip holds two files of the same name. Export the bundle again.");
                return false;
            }
        }

        return true;
    }

    private static bool CopyUpTo(Stream from, MemoryStream to, long most)
    {
        var buffer = new byte[81920];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            if (to.Length + read > most)
            {
                return false;
            }

            to.Write(buffer, 0, read);
        }

        return true;
    }
}
