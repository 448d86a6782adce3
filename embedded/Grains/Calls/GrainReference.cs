namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Base of the emitted proxies: an identity, and the way to whichever activation serves it now.</summary>
internal abstract class GrainReference(SiloLink link, GrainId id) : IAddressable, IEquatable<GrainReference>
{
    private Activation? _last;

    public SiloLink Link => link;

    public GrainId Id => id;

    public bool Equals(GrainReference? other) => other is not null && id == other.Id;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => id.GetHashCode();

    public override string ToString() => id.ToString();

    /// <summary>Called by every emitted method.</summary>
    public Task<TResult> Send<TResult>(GrainCall<TResult> call, GrainMethod method, CancellationToken token)
    {
        call.Method = method;
        call.SendTo(this);
        if (CallScope.Current is { } scope)
        {
            call.Values = scope.Values;
            call.Caller = scope.Call is { Finished: false } caller ? caller : null;
        }

        if (token.CanBeCanceled)
        {
            if (token.IsCancellationRequested)
            {
                return Task.FromCanceled<TResult>(token);
            }

            call.CancelWith(token);
        }

        Dispatch(call);
        if (call.Caller is not null && CallCycle.Closes(call))
        {
            call.Caller?.Activation?.Suspect(call);
        }

        return call.Result;
    }

    /// <param name="call">The request.</param>
    /// <param name="again">It was accepted before; a silo that drains takes it back.</param>
    public void Dispatch(GrainCall call, bool again = false)
    {
        var silo = link.Silo;
        if (silo is null || silo.Refuses(call, again))
        {
            call.Fail(new SiloUnavailableException($"{id} cannot be called: the silo stops or has stopped."));
            return;
        }

        while (true)
        {
            // A restarted silo behind the same link must not be bypassed through the old activation.
            if (_last is { } last && last.Silo == silo && last.TryEnqueue(call))
            {
                return;
            }

            _last = silo.Activation(id);
        }
    }
}
