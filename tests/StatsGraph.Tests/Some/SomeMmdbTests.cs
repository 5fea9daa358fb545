using System.Net;
using MaxMind.Db;

namespace StatsGraph.Tests.Some;

public sealed class SomeMmdbTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    public void A_nested_city_record_reads_back(int recordSize)
    {
        SomeMmdb.Write(path, "GeoLite2-City",
        [
            ("81.2.69.0/24", new()
            {
                ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["en"] = "London", ["ru"] = "Лондон" } },
                ["country"] = new Dictionary<string, object> { ["iso_code"] = "GB", ["geoname_id"] = 2_635_167u, ["is_in_european_union"] = false },
                ["location"] = new Dictionary<string, object> { ["latitude"] = 51.5142, ["longitude"] = -0.0931, ["accuracy_radius"] = (ushort)10 },
                ["subdivisions"] = new List<object> { new Dictionary<string, object> { ["iso_code"] = "ENG" } },
            }),
        ], recordSize);

        using var reader = new Reader(path);
        var record = reader.Find<Dictionary<string, object>>(IPAddress.Parse("81.2.69.160"))!;

        Assert.Equal("Лондон", Map(Map(record["city"])["names"])["ru"]);
        Assert.Equal(2_635_167L, Map(record["country"])["geoname_id"]);
        Assert.Equal(false, Map(record["country"])["is_in_european_union"]);
        Assert.Equal(51.5142, Map(record["location"])["latitude"]);
        Assert.Equal(-0.0931, Map(record["location"])["longitude"]);
        Assert.Equal(10, Map(record["location"])["accuracy_radius"]);
        Assert.Equal("ENG", Map(Assert.Single((List<object>)record["subdivisions"]))["iso_code"]);
        Assert.Equal("GeoLite2-City", reader.Metadata.DatabaseType);
    }

    [Fact]
    public void Flat_records_of_both_families_read_back_and_the_rest_is_unknown()
    {
        SomeMmdb.Write(path, "country-asn",
        [
            ("2.125.160.216/29", Flat("GB", 64_500)),
            ("2001:db8::/32", Flat("DE", 4_200_000_000)),
        ]);

        using var reader = new Reader(path);

        Assert.Equal("GB", Code(reader, "2.125.160.216"));
        Assert.Equal("GB", Code(reader, "2.125.160.223"));
        Assert.Null(Code(reader, "2.125.160.215"));
        Assert.Null(Code(reader, "2.125.160.224"));
        Assert.Equal("DE", Code(reader, "2001:db8::1"));
        Assert.Null(Code(reader, "2001:db9::"));
        Assert.Equal(4_200_000_000L, reader.Find<Dictionary<string, object>>(IPAddress.Parse("2001:db8::1"))!["asn"]);
    }

    [Fact]
    public void The_smaller_of_two_networks_wins_whatever_their_order()
    {
        SomeMmdb.Write(path, "country", [("10.1.2.0/24", Flat("AT", 1)), ("10.0.0.0/8", Flat("CH", 2)), ("10.1.2.3/32", Flat("LI", 3))]);

        using var reader = new Reader(path);

        Assert.Equal(["CH", "AT", "LI", "AT", "CH"],
            new[] { "10.1.1.255", "10.1.2.2", "10.1.2.3", "10.1.2.4", "10.1.3.0" }.Select(address => Code(reader, address)));
    }

    [Fact]
    public void Texts_of_every_size_class_read_back()
    {
        int[] sizes = [0, 28, 29, 284, 285, 65_820, 65_821, 100_000];
        var record = sizes.ToDictionary(size => $"t{size}", size => (object)new string('x', size));
        SomeMmdb.Write(path, "texts", [("::1:0:0:0/80", record)], 28);

        using var reader = new Reader(path);

        var found = reader.Find<Dictionary<string, object>>(IPAddress.Parse("::1:0:0:0"))!;
        Assert.Equal(sizes, found.Values.Select(text => ((string)text).Length));
    }

    private static Dictionary<string, object> Flat(string country, uint asn) => new() { ["country_code"] = country, ["asn"] = asn };

    private static string? Code(Reader reader, string address)
        => reader.Find<Dictionary<string, object>>(IPAddress.Parse(address))?["country_code"] as string;

    private static Dictionary<string, object> Map(object value) => (Dictionary<string, object>)value;
}
