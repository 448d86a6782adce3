using System.Buffers;

namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>A finished answer: data as written, errors, and what HTTP says about it.</summary>
internal sealed class Outcome(ResponseWriter? data, IReadOnlyList<IError> errors, int status = 200) : IDisposable
{
    private ResponseWriter? _errorText;

    /// <summary>200 when the operation ran; else why it did not.</summary>
    public int Status { get; } = status;

    public IReadOnlyList<IError> Errors { get; } = errors;

    public bool HasData => data is not null;

    /// <summary>Bytes that <see cref="WriteTo"/> writes.</summary>
    public int Length => Errors.Count == 0 ? data!.Position : ErrorText.Position + (data?.Position ?? 1);

    private ResponseWriter ErrorText
    {
        get
        {
            if (_errorText is null)
            {
                _errorText = new ResponseWriter();
                ErrorWriter.Write(_errorText, Errors);
            }

            return _errorText;
        }
    }

    /// <summary><c>{"errors":[…],"data":…}</c>, errors first as the specification advises.</summary>
    public void WriteTo(IBufferWriter<byte> target)
    {
        if (Errors.Count == 0)
        {
            target.Write(data!.Written.Span);
            return;
        }

        target.Write(ErrorText.Written.Span);
        if (data is null)
        {
            target.Write("}"u8);
            return;
        }

        target.Write(","u8);
        target.Write(data.Written.Span[1..]);
    }

    /// <summary>What <see cref="WriteTo"/> writes, in memory of its own.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return buffer.WrittenMemory;
    }

    public void Dispose()
    {
        data?.Dispose();
        _errorText?.Dispose();
    }
}
