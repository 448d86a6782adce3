using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OnlineSafetyTrust.Tests.Support;

/// <summary>A PostgreSQL server of this test run's own: temporary directory, free port, fsync on, stopped when the process ends.</summary>
public sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> Started = new(() => new PostgresServer());
    private static int _databases;

    private readonly string _bin = FindBinaries();
    private readonly string _directory;

    static PostgresServer()
    {
        // A run that was killed had no time to stop its own.
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), "ost-pg-*").Where(d => !Directory.Exists($"/proc/{Path.GetFileName(d).Split('-')[2]}")))
        {
            new PostgresServer(left).Stop();
        }
    }

    private PostgresServer(string directory) => _directory = directory;

    private PostgresServer()
        : this(Path.Combine(Path.GetTempPath(), $"ost-pg-{Environment.ProcessId}-{Guid.NewGuid():N}"[..40]))
    {
        Port = FreePort();
        Directory.CreateDirectory(_directory);
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _directory);
        }

        RunAsOwner("initdb", "-D", DataDirectory, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        Execute("postgres", "CREATE ROLE ost_writer LOGIN NOSUPERUSER; CREATE ROLE ost_reader LOGIN NOSUPERUSER NOBYPASSRLS;");
    }

    /// <summary>Starts at first use.</summary>
    public static PostgresServer Shared => Started.Value;

    /// <summary>A server apart from the shared one, for tests that kill or freeze it. Each has databases of its own.</summary>
    public static PostgresServer StartNew() => new();

    public int Port { get; }

    public string DataDirectory => Path.Combine(_directory, "data");

    /// <summary>A new database owned by the writer's role, with the public schema for it alone.</summary>
    public string CreateDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE DATABASE {name} OWNER ost_writer");
        Execute(name, "ALTER SCHEMA public OWNER TO ost_writer");
        return name;
    }

    public string Writer(string database) => Connection(database, "ost_writer");

    public string Reader(string database) => Connection(database, "ost_reader");

    public string Superuser(string database) => Connection(database, "postgres");

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(Superuser(database) + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Kills every session of a database but one's own: what a failover looks like from a client.</summary>
    public void KillSessions(string database) =>
        Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

    /// <summary>SIGKILL to the server and all its processes: what a dead machine leaves behind, short of the power.</summary>
    public void Kill()
    {
        var processes = Processes();
        Signal("-KILL", processes);
        // A start refuses while the dead server's process is still there.
        SpinWait.SpinUntil(() => processes.TrueForAll(p => !Directory.Exists($"/proc/{p}")), TimeSpan.FromSeconds(20));
    }

    /// <summary>Starts a server that was killed; it recovers from its log first.</summary>
    public void Start() =>
        RunAsOwner("pg_ctl", "-D", DataDirectory, "-w", "-s", "-l", Path.Combine(_directory, "log"), "-o",
            $"-p {Port} -k {_directory} -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=200", "start");

    /// <summary>SIGSTOP: connections stay open and nobody answers, until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal("-STOP", Processes());

    public void Thaw() => Signal("-CONT", Processes());

    private List<int> Processes()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(DataDirectory, "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
        return [server, .. Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(id => id > 0 && ParentOf(id) == server)];
    }

    private static int ParentOf(int process)
    {
        try
        {
            // The name in brackets may hold spaces: fields are counted behind it.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void Signal(string signal, List<int> processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes.Select(p => $"{p}")]);
        kill.WaitForExit();
    }

    private string Connection(string database, string user) => $"Host=127.0.0.1;Port={Port};Database={database};Username={user};Timeout=10;GSS Encryption Mode=Disable";

    private void Stop()
    {
        try
        {
            if (File.Exists(Path.Combine(DataDirectory, "postmaster.pid")))
            {
                RunAsOwner("pg_ctl", "-D", DataDirectory, "-m", "immediate", "stop");
            }

            Directory.Delete(_directory, recursive: true);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"PostgreSQL in {_directory} was not removed: {error.Message}");
        }
    }

    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetTempPath() };
        // pg_ctl's server inherits redirected pipes and would keep them open for ever: output goes to its log.
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static string FindBinaries()
    {
        var roots = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return roots.Select(r => Path.Combine(r, "bin")).Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(d => File.Exists(Path.Combine(d, "pg_ctl")) && File.Exists(Path.Combine(d, "initdb")))
            ?? throw new InvalidOperationException("These tests need PostgreSQL, and its programs are not on this machine: apt-get install postgresql");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
