using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>
/// JSON into one rented buffer. What was written last can be taken back (<see cref="Truncate"/>): that is how a null
/// rises to the nearest nullable field without a tree in between.
/// </summary>
/// <param name="most">Bytes; beyond them <see cref="AnswerTooLargeException"/>.</param>
internal sealed class ResponseWriter(int most = ResponseWriter.Unlimited) : IDisposable
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private const int Unlimited = 1 << 30;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Position { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Position);

    public void Truncate(int position) => Position = position;

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Position += bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(byte value)
    {
        Reserve(1)[0] = value;
        Position++;
    }

    public void Null() => Raw("null"u8);

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Position += written;
    }

    public void Number(ulong value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        Position += written;
    }

    /// <summary>False when JSON has no such number.</summary>
    public bool Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return false;
        }

        value.TryFormat(Reserve(32), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
        return true;
    }

    public void Number(decimal value)
    {
        value.TryFormat(Reserve(40), out var written, default, CultureInfo.InvariantCulture);
        Position += written;
    }

    /// <summary>A value whose text needs no escapes, between quotes.</summary>
    public void Quoted<T>(T value, string? format = null)
        where T : IUtf8SpanFormattable
    {
        var span = Reserve(80);
        span[0] = (byte)'"';
        if (!value.TryFormat(span[1..], out var written, format, CultureInfo.InvariantCulture))
        {
            throw new FormatException($"{typeof(T).Name} is longer than any text of it should be.");
        }

        span[written + 1] = (byte)'"';
        Position += written + 2;
    }

    public void Text(ReadOnlySpan<char> text)
    {
        // Three bytes at most for a char, six for an escaped one; the common text has none.
        var span = Reserve((text.Length * 3) + 2);
        span[0] = (byte)'"';
        var plain = text.IndexOfAny(Escaped);
        if (plain < 0)
        {
            var written = Encoding.UTF8.GetBytes(text, span[1..]);
            span[written + 1] = (byte)'"';
            Position += written + 2;
            return;
        }

        Position++;
        while (plain >= 0)
        {
            Characters(text[..plain]);
            Escape(text[plain]);
            text = text[(plain + 1)..];
            plain = text.IndexOfAny(Escaped);
        }

        Characters(text);
        Raw((byte)'"');
    }

    private void Characters(ReadOnlySpan<char> text) => Position += Encoding.UTF8.GetBytes(text, Reserve(text.Length * 3));

    private void Escape(char c)
    {
        switch (c)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default:
                Raw("\\u00"u8);
                Raw((byte)"0123456789abcdef"[c >> 4]);
                Raw((byte)"0123456789abcdef"[c & 15]);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Position < count)
        {
            Grow(count);
        }

        return _buffer.AsSpan(Position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        if ((long)Position + count > most)
        {
            throw new AnswerTooLargeException($"{most / (1024 * 1024)} MB");
        }

        // A text reserves three bytes for each character: doubling may pass the bound, writing may not.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max((int)Math.Min(_buffer.Length * 2L, Array.MaxLength), Position + count));
        _buffer.AsSpan(0, Position).CopyTo(larger);
        var old = _buffer;
        _buffer = larger;
        ArrayPool<byte>.Shared.Return(old);
    }
}
