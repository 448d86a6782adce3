namespace OnlineSafetyTrust.Roster;

/// <summary>What a bundle may weigh. A trust's export of 100,000 people unpacks to about 60 MB.</summary>
/// <param name="ZipBytes">The zip itself.</param>
/// <param name="Files">Entries in it; OneRoster knows 22.</param>
/// <param name="FileBytes">One file unpacked.</param>
/// <param name="TotalBytes">All files unpacked.</param>
/// <param name="Ratio">Unpacked to packed size of one file: rosters reach about 30, zip bombs 1,000.</param>
public sealed record BundleLimits(long ZipBytes = 128 << 20, int Files = 64, long FileBytes = 256 << 20, long TotalBytes = 512 << 20, int Ratio = 250);
