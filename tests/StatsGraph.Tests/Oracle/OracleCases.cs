namespace StatsGraph.Tests.Oracle;

/// <summary>The values that <see cref="OracleQueries"/> tries, as JSON of variables. They fit the alphabets of random logs.</summary>
public static class OracleCases
{
    /// <summary>Every filter that every list is run through; the first is none.</summary>
    public static readonly string[] Filters =
    [
        "null",
        "{}",
        """{ "and": [], "or": [], "mount": {} }""",
        """{ "mount": { "eq": "/live.mp3" } }""",
        """{ "mount": { "neq": "/live.mp3" } }""",
        """{ "mount": { "in": ["/jazz", "/jazz.aac", "/café"] } }""",
        """{ "mount": { "nin": ["/jazz", "/jazz.aac"], "contains": "j" } }""",
        """{ "mount": { "startsWith": "/jazz", "nendsWith": ".aac" } }""",
        """{ "mount": { "ncontains": "live", "nstartsWith": "/J", "endsWith": "" } }""",
        """{ "mount": { "or": [{ "eq": "/jazz" }, { "and": [{ "startsWith": "/l" }, { "endsWith": "3" }] }] } }""",
        """{ "entryMount": { "eq": "/live.mp3" } }""",
        """{ "entryMount": { "neq": "/live.mp3" }, "mount": { "eq": "/live.mp3" } }""",
        """{ "country": { "eq": "GB" } }""",
        """{ "country": { "eq": null } }""",
        """{ "country": { "neq": "GB" } }""",
        """{ "country": { "in": [null, "US"] } }""",
        """{ "country": { "nin": [null, "US"] } }""",
        """{ "region": { "neq": null } }""",
        """{ "region": { "nin": ["England"] }, "city": { "ncontains": "a" } }""",
        """{ "city": { "in": ["London", null] } }""",
        """{ "referrer": { "eq": null } }""",
        """{ "referrer": { "neq": null, "ncontains": "google" } }""",
        """{ "player": { "neq": "VLC" } }""",
        """{ "player": { "eq": null } }""",
        """{ "userAgent": { "eq": null } }""",
        """{ "userAgent": { "nstartsWith": "VLC" } }""",
        """{ "userAgent": { "contains": "\"" } }""",
        """{ "durationSeconds": { "gte": 60, "lt": 3600 } }""",
        """{ "durationSeconds": { "in": [0, 300, 900, 1800], "neq": 0 } }""",
        """{ "durationSeconds": { "nin": [0, 60], "gt": 1, "lte": 7200 } }""",
        """{ "hourOfDay": { "in": [0, 1, 2, 3, 23] } }""",
        """{ "hourOfDay": { "gte": 22 } }""",
        """{ "kind": { "eq": "BOT" } }""",
        """{ "kind": { "in": ["LISTENER", "BOT", "RELAY"] } }""",
        """{ "kind": { "neq": "LISTENER" } }""",
        """{ "kind": { "nin": ["RELAY"] }, "mount": { "eq": "/live.mp3" } }""",
        """{ "or": [{ "kind": { "eq": "RELAY" } }, { "entryMount": { "eq": "/jazz" } }, { "mount": { "eq": "/live.mp3" } }] }""",
        """{ "and": [{ "or": [{ "mount": { "eq": "/jazz" } }, { "player": { "eq": "VLC" } }] }, { "durationSeconds": { "gt": 59 } }] }""",
        """{ "hourOfDay": { "lt": 12 }, "or": [{ "country": { "eq": null } }, { "referrer": { "eq": null } }] }""",
        """{ "mount": { "eq": "/nowhere" } }""",
    ];

    /// <summary>Cuts of one to three dimensions.</summary>
    public static readonly string[] Dimensions =
    [
        """["MOUNT"]""", """["ENTRY_MOUNT"]""", """["COUNTRY"]""", """["REGION"]""", """["CITY"]""", """["REFERRER"]""", """["PLAYER"]""",
        """["NETWORK"]""", """["DATE"]""", """["HOUR_OF_DAY"]""", """["DAY_OF_WEEK"]""", """["MONTH"]""",
        """["MOUNT", "COUNTRY"]""", """["DATE", "MOUNT"]""", """["PLAYER", "DATE"]""", """["HOUR_OF_DAY", "DAY_OF_WEEK"]""",
        """["DATE", "HOUR_OF_DAY"]""", """["ENTRY_MOUNT", "MOUNT"]""",
        """["COUNTRY", "REGION", "CITY"]""", """["MOUNT", "MONTH", "PLAYER"]""", """["DAY_OF_WEEK", "HOUR_OF_DAY", "ENTRY_MOUNT"]""",
        """["DATE", "HOUR_OF_DAY", "DAY_OF_WEEK"]""",
    ];

    /// <summary>Orders of groups.</summary>
    public static readonly string[] Orders =
    [
        """[{ "key": "ASC" }]""", """[{ "key": "DESC" }]""", """[{ "sessions": "ASC" }]""", """[{ "sessions": "DESC" }]""",
        """[{ "visits": "ASC" }]""", """[{ "visits": "DESC" }, { "key": "DESC" }]""", """[{ "listeners": "DESC" }]""",
        """[{ "listeners": "ASC" }, { "tuningHours": "DESC" }]""", """[{ "tuningHours": "ASC" }]""", """[{ "tuningHours": "DESC" }]""",
        """[{ "averageDuration": "DESC" }]""", """[{ "averageDuration": "ASC" }, { "visits": "DESC" }]""",
    ];

    /// <summary>Filters of groups, after aggregation.</summary>
    public static readonly string[] Having =
    [
        "{}",
        """{ "sessions": { "gte": 5 } }""",
        """{ "sessions": { "in": [1, 2, 3], "neq": 2 } }""",
        """{ "visits": { "gt": 1 }, "tuningHours": { "lt": 10.5 } }""",
        """{ "tuningHours": { "gte": 0.25, "nin": [1.0], "lte": 1000.0 } }""",
        """{ "key": { "neq": "/live.mp3" } }""",
        """{ "key": { "nin": ["/jazz", null] } }""",
        """{ "or": [{ "key": { "contains": "jazz" } }, { "visits": { "eq": 0 } }] }""",
        """{ "and": [{ "or": [] }, { "key": { "startsWith": "/" } }, { "sessions": { "nin": [1] } }] }""",
        """{ "visits": { "lte": 0, "lt": 0 } }""",
    ];

    /// <summary>Zones that replace the site's.</summary>
    public static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Kolkata"];

    /// <summary>Presets of periods.</summary>
    public static readonly string[] Presets =
    [
        "TODAY", "YESTERDAY", "THIS_WEEK", "LAST_WEEK", "THIS_MONTH", "LAST_MONTH", "THIS_YEAR", "LAST_YEAR", "LAST_7_DAYS", "LAST_30_DAYS",
        "LAST_12_MONTHS",
    ];
}
