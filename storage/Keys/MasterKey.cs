using System.Security.Cryptography;
using System.Text;

namespace OnlineSafetyTrust.Storage.Keys;

/// <summary>Wraps every key. Comes from outside both databases: whoever has only them reads nothing.</summary>
internal sealed class MasterKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    public MasterKey(byte[] key)
    {
        _key = key;
        Fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(key, "master key fingerprint"u8)[..8]);
    }

    /// <summary>Tells keys apart without telling anything about them.</summary>
    public string Fingerprint { get; }

    public byte[] Wrap(string name, ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[NonceSize + secret.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), secret, wrapped.AsSpan(NonceSize, secret.Length), wrapped.AsSpan(NonceSize + secret.Length), Encoding.UTF8.GetBytes(name));
        return wrapped;
    }

    /// <exception cref="StoreException">It was damaged, or wrapped with another master key or under another name.</exception>
    public byte[] Unwrap(string name, ReadOnlySpan<byte> wrapped) => TryUnwrap(name, wrapped) ?? throw new StoreException(
        StoreProblem.KeysLost, $"'{name}' in the key store does not open with the master key: it is damaged. Restore the key store's newest backup.", true);

    /// <summary>Null: it does not open.</summary>
    public byte[]? TryUnwrap(string name, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length <= NonceSize + TagSize)
        {
            return null;
        }

        var secret = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], secret, Encoding.UTF8.GetBytes(name));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <param name="mayCreate">Only a store without any wrapped key gets a new master key: a new one beside old keys would hide their loss.</param>
    public static MasterKey Load(StoreOptions options, bool mayCreate)
    {
        if (Environment.GetEnvironmentVariable(options.MasterKeyVariable) is { Length: > 0 } text)
        {
            return Parse(text, $"environment variable {options.MasterKeyVariable}");
        }

        var path = options.MasterKeyPath;
        if (File.Exists(path))
        {
            return Parse(File.ReadAllText(path), path);
        }

        return mayCreate
            ? Create(path)
            : throw new StoreException(StoreProblem.MasterKeyLost, $"The master key {path} is missing, and the key store holds keys that only it opens. Put it back from where it is kept apart; without it no personal data can be read again.", true);
    }

    public static MasterKey Read(string path) => Parse(File.ReadAllText(path), path);

    public static MasterKey Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
            {
                PrivateDirectory.Create(directory);
            }

            // Under its name only when it is whole: half a key would be taken for the right one, damaged.
            var making = $"{path}.{Guid.NewGuid():N}";
            using (var stream = new FileStream(making, file))
            {
                stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(making, path, overwrite: false);
            }
            catch
            {
                File.Delete(making);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreProblem.Misconfigured, $"The master key {path} cannot be written: {error.Message}", true, error);
        }

        return new MasterKey(key);
    }

    private static MasterKey Parse(string text, string source)
    {
        var key = new byte[48];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == 32
            ? new MasterKey(key[..32])
            : throw new StoreException(StoreProblem.MasterKeyMismatch, $"The master key in {source} is not 32 bytes in base64. Put the right one back; do not make a new one.", true);
    }
}
