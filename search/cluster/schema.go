package cluster

import (
	"gongwen/analyzers"
)

// layout counts the changes to how documents are kept in an index. With the rules of folding it is the fingerprint of an index.
const layout = 2

// metaName is where a mapping keeps the fingerprint.
const metaName = "gongwen"

// fingerprint tells indexes apart that cannot be asked alike.
type fingerprint struct {
	Layout  int    `json:"layout"`
	Folding uint32 `json:"folding"`
}

func ownFingerprint() fingerprint { return fingerprint{layout, analyzers.FoldFingerprint()} }

// Names of the cluster's analyzers. Both are made of its own tokenizer for n-grams.
const (
	analyzerGrams = "gongwen_grams" // of texts: each character, and each two side by side at the place of the first
	analyzerPairs = "gongwen_pairs" // of runs that are looked for: each two characters side by side
)

// valueGap parts the values of a field that has several, so that no run and no two words of one heading stand in two of them.
const valueGap = 10_000

// maxSections is how many sections a document may have in the cluster.
const maxSections = 200_000

// settings of an index. Everything else, an operator may set in a template of higher priority.
func settings(shards, replicas int) object {
	return object{
		"number_of_shards":             shards,
		"number_of_replicas":           replicas,
		"codec":                        "best_compression",
		"mapping.nested_objects.limit": maxSections,
		"mapping.total_fields.limit":   100,
		"analysis": object{
			"tokenizer": object{
				"gongwen_singles": object{"type": "ngram", "min_gram": 1, "max_gram": 1},
				"gongwen_pairs":   object{"type": "ngram", "min_gram": 2, "max_gram": 2},
			},
			"filter": object{
				"gongwen_pairs": object{
					"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "output_unigrams": true, "token_separator": "",
				},
			},
			"analyzer": object{
				analyzerGrams: object{"type": "custom", "tokenizer": "gongwen_singles", "filter": []string{"gongwen_pairs"}},
				analyzerPairs: object{"type": "custom", "tokenizer": "gongwen_pairs"},
			},
		},
		"similarity": object{
			// As search.Saturate: that a word stands there counts for more than how often. A title counts by how much of it
			// is asked for.
			"gongwen_text":  object{"type": "BM25", "k1": 0.4, "b": 0.6},
			"gongwen_title": object{"type": "BM25", "k1": 4, "b": 1},
		},
	}
}

// Fields of a document in the index. Sections are nested documents below fieldSections.
const (
	fieldID         = "id"
	fieldTitle      = "title"      // folded
	fieldMeta       = "meta"       // folded, as search.Prepared.Meta
	fieldNumber     = "number"     // folded
	fieldNumbers    = "numbers"    // the number as it is asked for: whole, and without its issuer
	fieldCited      = "cited"      // folded numbers of what it cites
	fieldCiteds     = "citeds"     // these as they are asked for
	fieldCitedTitle = "citedTitle" // folded titles of what it cites
	fieldYear       = "year"
	fieldPublished  = "published"
	fieldEffective  = "effective"
	fieldExpires    = "expires"
	fieldDated      = "dated"   // "" where unknown
	fieldUndated    = "undated" // 1 where unknown, else 0
	fieldDepartment = "department"
	fieldKind       = "kind"
	fieldStatus     = "status"
	fieldLevels     = "levels" // values of the facet of regions
	fieldPlaces     = "places" // the names by which its region is asked for
	fieldSource     = "source"
	folded          = "Folded" // behind the name of a field: its value folded
	fieldCopy       = "copy"   // digest of what copies share
	fieldCount      = "count"  // of sections
	fieldLength     = "length" // of the sections' texts in characters
	fieldWritten    = "written"
	fieldPath       = "path"    // of the origin
	fieldHash       = "hash"    // of the origin
	fieldUnnamed    = "unnamed" // of the origin
	fieldHasFacts   = "hasFacts"

	fieldSections = "sections"
	fieldText     = fieldSections + ".text"  // folded
	fieldHeads    = fieldSections + ".heads" // folded names of the sections above and of the section
	fieldTopic    = fieldSections + ".topic"
	fieldRole     = fieldSections + ".role"

	// What is kept as written and never searched.
	sourceDocument = "document" // JSON without text and facts
	sourceText     = "body"
	sourceFacts    = "facts" // JSON
)

// mappings say how every field is kept.
func mappings() object {
	text := func(change object) object {
		field := object{"type": "text", "analyzer": analyzerGrams, "norms": false, "position_increment_gap": valueGap}
		for name, value := range change {
			field[name] = value
		}
		return field
	}
	keyword := object{"type": "keyword"}
	column := object{"type": "keyword", "index": false}
	kept := object{"type": "keyword", "index": false, "doc_values": false}
	return object{
		"dynamic": "strict",
		"_meta":   object{metaName: ownFingerprint()},
		"_source": object{"includes": []string{sourceDocument, sourceText, sourceFacts, fieldPath, fieldHash, fieldUnnamed}},
		"properties": object{
			fieldID:    keyword,
			fieldTitle: text(object{"norms": true, "similarity": "gongwen_title"}), fieldMeta: text(nil),
			fieldNumber: text(nil), fieldNumbers: keyword,
			fieldCited: text(nil), fieldCiteds: keyword, fieldCitedTitle: text(nil),
			fieldYear: keyword, fieldPublished: keyword, fieldEffective: keyword, fieldExpires: keyword, fieldDated: keyword, fieldUndated: object{"type": "byte"},
			fieldDepartment: keyword, fieldKind: keyword, fieldStatus: keyword, fieldLevels: keyword, fieldPlaces: keyword,
			fieldDepartment + folded: keyword, fieldKind + folded: keyword, fieldStatus + folded: keyword, fieldSource + folded: keyword,
			fieldCopy: keyword, fieldCount: object{"type": "integer"}, fieldLength: object{"type": "integer"},
			fieldWritten: object{"type": "long"}, fieldPath: column, fieldHash: column, fieldUnnamed: object{"type": "boolean"}, fieldHasFacts: object{"type": "boolean"},
			fieldSections: object{"type": "nested", "dynamic": "strict", "properties": object{
				"text":  text(object{"norms": true, "similarity": "gongwen_text"}),
				"heads": text(nil), "topic": keyword, "role": keyword,
			}},
			sourceDocument: kept, sourceText: kept, sourceFacts: kept,
		},
	}
}
