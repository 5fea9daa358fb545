using System.Globalization;
using System.Net;
using MaxMind.Db;
using MaxMind.GeoIP2.Responses;

namespace StatsGraph.Ingest.Geo;

/// <summary>
/// A file in MaxMind's format. Reads nested records (GeoLite2 and GeoIP2: City, Country, Enterprise, ASN, ISP) and flat ones
/// (<c>country_code</c>, <c>state1</c>, <c>city</c>, ...).
/// </summary>
internal sealed class GeoFile : IDisposable
{
    private readonly string path;
    private readonly Reader reader;
    private readonly bool isNested;

    /// <summary>Opens a file into memory.</summary>
    /// <exception cref="IngestException">The file is missing, unreadable or no MaxMind database.</exception>
    public GeoFile(string path)
    {
        this.path = path;
        try
        {
            reader = new Reader(path, FileAccessMode.MemoryMapped);
            isNested = HoldsNestedRecords(reader);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IngestException($"the geolocation file '{path}' cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new IngestException($"'{path}' is no MaxMind database: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>What the file knows of an address, and how many leading bits of the address that answer holds for.</summary>
    /// <exception cref="IngestException">The file is damaged.</exception>
    public Place Find(IPAddress address, out int prefixLength)
    {
        try
        {
            return isNested
                ? Read(reader.Find<CityResponse>(address, out prefixLength, EnglishNames(address)))
                : Read(reader.Find<Dictionary<string, object>>(address, out prefixLength));
        }
        catch (ArgumentException) when (reader.Metadata.IPVersion == 4)
        {
            // A file of IPv4 networks knows nothing of IPv6.
            prefixLength = 0;
            return Place.Unknown;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new IngestException($"the geolocation file '{path}' is damaged: looking an address up failed: {exception.Message}", exception);
        }
    }

    private static bool IsMalformed(Exception exception)
        => exception is InvalidDatabaseException or DeserializationException or ArgumentException or InvalidOperationException
            or OverflowException or IndexOutOfRangeException;

    /// <summary>One record tells: all records of a file are of one kind.</summary>
    private static bool HoldsNestedRecords(Reader reader)
        => reader.FindAll<Dictionary<string, object>>().FirstOrDefault().Data?.Values.Any(value => value is IDictionary<string, object>) ?? false;

    /// <summary>What MaxMind's models do not find in a record: the address, and the languages that names are wanted in.</summary>
    private static InjectableValues EnglishNames(IPAddress address)
    {
        var values = new InjectableValues();
        values.AddValue("locales", new List<string> { "en" });
        values.AddValue("ip_address", address.ToString());
        return values;
    }

    private static Place Read(CityResponse? record)
        => record is null ? Place.Unknown : Place.Of(
            record.Country.IsoCode,
            record.Continent.Code,
            record.Subdivisions.Count > 0 ? record.Subdivisions[0].Name : null,
            record.City.Name,
            record.Location.Latitude,
            record.Location.Longitude,
            record.Traits.AutonomousSystemNumber,
            record.Traits.AutonomousSystemOrganization);

    private static Place Read(Dictionary<string, object>? record)
        => record is null ? Place.Unknown : Place.Of(
            Text(record, "country_code") ?? Text(record, "country"),
            continent: null,
            Text(record, "state1") ?? Text(record, "region"),
            Text(record, "city"),
            Number(record, "latitude"),
            Number(record, "longitude"),
            (long?)Number(record, "autonomous_system_number"),
            Text(record, "autonomous_system_organization"));

    private static string? Text(Dictionary<string, object> record, string key) => record.GetValueOrDefault(key) as string;

    private static double? Number(Dictionary<string, object> record, string key) => record.GetValueOrDefault(key) switch
    {
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        IConvertible number and not bool => number.ToDouble(CultureInfo.InvariantCulture),
        _ => null,
    };
}
