using System.IO.Compression;
using System.Text;

namespace OnlineSafetyTrust.Gateway.Tests.Commands;

/// <summary>What a school brings along when it is put into service: its row on the DfE's list and a roster.</summary>
internal static class ServiceFiles
{
    public const string Pupils = "p1,,,true,school,student,Cara,Dale,,03\np2,,,true,school,student,Dan,Ekin,,03\n";

    public static string List(string directory)
    {
        var path = System.IO.Path.Combine(directory, "schools.csv");
        File.WriteAllText(path, """
            "URN","LA (code)","LA (name)","EstablishmentNumber","EstablishmentName","TypeOfEstablishment (name)","EstablishmentStatus (name)","PhaseOfEducation (name)","StatutoryLowAge","StatutoryHighAge","NumberOfPupils","TrustSchoolFlag (name)","Trusts (name)","Federations (name)"
            "100007","885","Worcestershire","43","St Mary's","Community school","Open","Primary","4","11","240","Not applicable","",""
            "100008","333","Sandwell","44","St Mary's","Community school","Open","Primary","4","11","240","Not applicable","",""
            "100002","885","Worcestershire","42","Oak Primary","Community school","Open","Primary","4","11","240","Not applicable","","The Oak Federation"
            """);
        return path;
    }

    /// <param name="pupils">Rows of users.csv.</param>
    public static string Roster(string directory, string pupils)
    {
        var path = System.IO.Path.Combine(directory, "roster.zip");
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add("manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\nfile.demographics,bulk\n");
        Add("orgs.csv", "sourcedId,status,dateLastModified,name,type,identifier\nschool,,,Oak Primary,school,100002\n");
        Add("users.csv", $"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,givenName,familyName,email,grades\nt1,,,true,school,teacher,Ada,Brook,a.brook@oak.example,\n{pupils}");
        Add("demographics.csv", $"sourcedId,status,dateLastModified,birthDate\n{string.Concat(pupils.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(p => $"{p.Split(',')[0]},,,2018-10-01\n"))}");
        return path;

        void Add(string name, string text)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
