window.AFFIANT_CHECK = {
 "log": {
  "checkpoint": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\n13\nYV6UxcO9IZSa5/AkBBj04IJ5T75vCd8tIcjEJcBorqY=\n\n\u2014 affiant/key/ae70480a9822a9b95a136b17d78725707feaa39956ff5ec8118b585d7e8628b3 WK96obyf4iKezG9EVsEu5BQ3g2WDbpPoWm1CNrbI865lFZL2FuJf2nWlb+uvrwZ3zB3Q5e8qxts75VDBxYX9cpSksgw=\n",
  "origin": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
  "root": "615e94c5c3bd21949ae7f0240418f4e082794fbe6f09df2d21c8c425c068aea6",
  "size": 13
 },
 "members": [
  {
   "claim": "Q-0042-A-3",
   "entry": {
    "fields": {
     "act": "fe8de0f9446c8b0f473825b6767a65ad86371f6d27ddbe06afe4ea942cea337d",
     "counts": "af8cbeabbe344efd18d7c011d68e613c2bc1eca38adc2eff11132c9e8a635ef2",
     "exact_words": "73111a5c67de89ee02760e75de9af9eeb6ad61f6c0826b3a426ac85de89002a8",
     "why": "c69f1c80b4f367ae2c232a81677b0aeda4058ee7ee96513c1a3f0ee63ecd2941"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"efe3231fb6df31a16a791c0ac94af6b5ba4237244c7906b4331dc122042c7528\",\"size\":7},\"at\":\"2031-05-03T10:07:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"1c1e2e92deab20b43c589eaa0b99cdc7ac58c1155995c02712c2b2c2aacbb1c9\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "aab3eed865a9de9b4910a9dd8708ce4915c8a282d05abce7959d192b8dd2620d",
      "value": "[{\"max\":16,\"min\":14,\"of\":\"taken\",\"scope\":\"event\",\"words\":\"\u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631\"},{\"max\":null,\"min\":210,\"of\":\"taken\",\"scope\":\"aggregate\",\"words\":\"\"}]"
     },
     "exact_words": {
      "salt": "af96dca5871ab14829a4af9cb787527e28276f0cce0575f4c1db2238f73d21ff",
      "value": "[{\"exact\":\"\u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631\",\"slot\":\"count\"},{\"exact\":\"\u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631 \u0627\u0632 \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0631\u0627 \u0628\u0631\u062f\u0646\u062f\",\"slot\":\"act\"},{\"exact\":\"\u0646\u0632\u062f\u06cc\u06a9 \u0628\u0647 \u0628\u06cc\u0633\u062a \u0645\u0631\u062f \u0628\u0627 \u0644\u0628\u0627\u0633 \u062e\u0627\u06a9\u0633\u062a\u0631\u06cc\",\"slot\":\"actor\"},{\"exact\":\"\u062d\u062f\u0648\u062f \u0633\u0627\u0639\u062a \u0646\u0647 \u0634\u0628\u060c \u0634\u0627\u0645\u06af\u0627\u0647 \u06f2\u06f3 \u0627\u0633\u0641\u0646\u062f\",\"slot\":\"when\"}]"
     }
    },
    "path": [
     "a9332cbabd3c1e848c5b91c57fcc4fccc2fe8a3946c3cf16c34a0797b11d127f",
     "e95b81d13625b3f666d7e0a0811f4966bfcf77f33ca5a793cf6fcdc5b7bdd125",
     "a0c89cd91358b8f09fafbb07cfdd7392f3c8ff36de1e62397c544c052da0762a",
     "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
    ],
    "position": 7,
    "signature": "edf06629387c7413d40cf35340c54ef6486100e0695d34fa5880fa4e709ca50e8896218170ed108bb39da8858ca5eca59913570a514dd5722a8249c5220a180b"
   },
   "quotes": [
    {
     "exact": "\u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631",
     "paragraph": {
      "count": 5,
      "index": 2,
      "path": [
       "934d4dbbbcfa2fc66b610c1ec4bcd64b1e54f684313107bd356cb7633a92d3cd",
       "c86643b3f8e15dba7426ad3e0dfafcfc0ddc026cb80ba61e4d4a594141ec247b",
       "405225fdfb8063c4da2d7b015dbbff5502252d7a70fc25e2a3b78e981b299113"
      ],
      "salt": "d6e253629b4c2577f765a0fcd0a83d539337bfb549741694d35c502f65195d74",
      "start": 47,
      "text": "\u0646\u0632\u062f\u06cc\u06a9 \u0628\u0647 \u0628\u06cc\u0633\u062a \u0645\u0631\u062f \u0628\u0627 \u0644\u0628\u0627\u0633 \u062e\u0627\u06a9\u0633\u062a\u0631\u06cc \u067e\u06cc\u0627\u062f\u0647 \u0634\u062f\u0646\u062f \u0648 \u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631 \u0627\u0632 \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0631\u0627 \u0628\u0631\u062f\u0646\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "7905a4292c353782aef98a30885f6f4c1ab73b005ec49eb2c91b4f9fc9ceaa08",
        "paragraphs": "2c94031fc647f2a3b2cc31e954d9e5ce9b4ecdcd37ed0d814aeb42345f27ae99",
        "secret": "e0fd5926c01894ddfd2b5ca22ef1eb0230af76994161b13e0e207770a7077319"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251\",\"size\":1},\"at\":\"2031-05-03T10:01:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"192beca6ed9c3ec6a8e71e2a3137b1f3a3126d054b8a892d52a0b8bd032921f4\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "9e77f3c9f3e38b293381e409f27faa0b787792bbd4b0bf04ecf3305b97c19e15",
         "value": "{\"count\":5,\"root\":\"369098ccf06648dd1ff5d93a9204de3d964c66d3031467ba87063269e5e93194\"}"
        }
       },
       "path": [
        "fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251",
        "382cb85a688f14b085d96cf0120570abd00766a5aa661707bca91e3fc838f957",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 1,
       "signature": "7567d93ffdb20eab396da198aa4bc80fddd25e66e814d3b4227bfca0efaa0ace67d0f8f0087f1a5983fd2ea5453baab40bed4770b2ef77e98dcff736f662b50a"
      }
     },
     "slot": "count"
    },
    {
     "exact": "\u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631 \u0627\u0632 \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0631\u0627 \u0628\u0631\u062f\u0646\u062f",
     "paragraph": {
      "count": 5,
      "index": 2,
      "path": [
       "934d4dbbbcfa2fc66b610c1ec4bcd64b1e54f684313107bd356cb7633a92d3cd",
       "c86643b3f8e15dba7426ad3e0dfafcfc0ddc026cb80ba61e4d4a594141ec247b",
       "405225fdfb8063c4da2d7b015dbbff5502252d7a70fc25e2a3b78e981b299113"
      ],
      "salt": "d6e253629b4c2577f765a0fcd0a83d539337bfb549741694d35c502f65195d74",
      "start": 47,
      "text": "\u0646\u0632\u062f\u06cc\u06a9 \u0628\u0647 \u0628\u06cc\u0633\u062a \u0645\u0631\u062f \u0628\u0627 \u0644\u0628\u0627\u0633 \u062e\u0627\u06a9\u0633\u062a\u0631\u06cc \u067e\u06cc\u0627\u062f\u0647 \u0634\u062f\u0646\u062f \u0648 \u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631 \u0627\u0632 \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0631\u0627 \u0628\u0631\u062f\u0646\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "7905a4292c353782aef98a30885f6f4c1ab73b005ec49eb2c91b4f9fc9ceaa08",
        "paragraphs": "2c94031fc647f2a3b2cc31e954d9e5ce9b4ecdcd37ed0d814aeb42345f27ae99",
        "secret": "e0fd5926c01894ddfd2b5ca22ef1eb0230af76994161b13e0e207770a7077319"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251\",\"size\":1},\"at\":\"2031-05-03T10:01:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"192beca6ed9c3ec6a8e71e2a3137b1f3a3126d054b8a892d52a0b8bd032921f4\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "9e77f3c9f3e38b293381e409f27faa0b787792bbd4b0bf04ecf3305b97c19e15",
         "value": "{\"count\":5,\"root\":\"369098ccf06648dd1ff5d93a9204de3d964c66d3031467ba87063269e5e93194\"}"
        }
       },
       "path": [
        "fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251",
        "382cb85a688f14b085d96cf0120570abd00766a5aa661707bca91e3fc838f957",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 1,
       "signature": "7567d93ffdb20eab396da198aa4bc80fddd25e66e814d3b4227bfca0efaa0ace67d0f8f0087f1a5983fd2ea5453baab40bed4770b2ef77e98dcff736f662b50a"
      }
     },
     "slot": "act"
    },
    {
     "exact": "\u0646\u0632\u062f\u06cc\u06a9 \u0628\u0647 \u0628\u06cc\u0633\u062a \u0645\u0631\u062f \u0628\u0627 \u0644\u0628\u0627\u0633 \u062e\u0627\u06a9\u0633\u062a\u0631\u06cc",
     "paragraph": {
      "count": 5,
      "index": 2,
      "path": [
       "934d4dbbbcfa2fc66b610c1ec4bcd64b1e54f684313107bd356cb7633a92d3cd",
       "c86643b3f8e15dba7426ad3e0dfafcfc0ddc026cb80ba61e4d4a594141ec247b",
       "405225fdfb8063c4da2d7b015dbbff5502252d7a70fc25e2a3b78e981b299113"
      ],
      "salt": "d6e253629b4c2577f765a0fcd0a83d539337bfb549741694d35c502f65195d74",
      "start": 0,
      "text": "\u0646\u0632\u062f\u06cc\u06a9 \u0628\u0647 \u0628\u06cc\u0633\u062a \u0645\u0631\u062f \u0628\u0627 \u0644\u0628\u0627\u0633 \u062e\u0627\u06a9\u0633\u062a\u0631\u06cc \u067e\u06cc\u0627\u062f\u0647 \u0634\u062f\u0646\u062f \u0648 \u0686\u0647\u0627\u0631\u062f\u0647 \u062a\u0627 \u0634\u0627\u0646\u0632\u062f\u0647 \u0646\u0641\u0631 \u0627\u0632 \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0631\u0627 \u0628\u0631\u062f\u0646\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "7905a4292c353782aef98a30885f6f4c1ab73b005ec49eb2c91b4f9fc9ceaa08",
        "paragraphs": "2c94031fc647f2a3b2cc31e954d9e5ce9b4ecdcd37ed0d814aeb42345f27ae99",
        "secret": "e0fd5926c01894ddfd2b5ca22ef1eb0230af76994161b13e0e207770a7077319"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251\",\"size\":1},\"at\":\"2031-05-03T10:01:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"192beca6ed9c3ec6a8e71e2a3137b1f3a3126d054b8a892d52a0b8bd032921f4\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "9e77f3c9f3e38b293381e409f27faa0b787792bbd4b0bf04ecf3305b97c19e15",
         "value": "{\"count\":5,\"root\":\"369098ccf06648dd1ff5d93a9204de3d964c66d3031467ba87063269e5e93194\"}"
        }
       },
       "path": [
        "fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251",
        "382cb85a688f14b085d96cf0120570abd00766a5aa661707bca91e3fc838f957",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 1,
       "signature": "7567d93ffdb20eab396da198aa4bc80fddd25e66e814d3b4227bfca0efaa0ace67d0f8f0087f1a5983fd2ea5453baab40bed4770b2ef77e98dcff736f662b50a"
      }
     },
     "slot": "actor"
    },
    {
     "exact": "\u062d\u062f\u0648\u062f \u0633\u0627\u0639\u062a \u0646\u0647 \u0634\u0628\u060c \u0634\u0627\u0645\u06af\u0627\u0647 \u06f2\u06f3 \u0627\u0633\u0641\u0646\u062f",
     "paragraph": {
      "count": 5,
      "index": 1,
      "path": [
       "0df3ea3f95f650e5953fd9104182d913982960ed613c9e0393512a8c17eee159",
       "a677eb917b4e6e718862f530b6feb4e80277bc958546112781c6cf179a1908a7",
       "405225fdfb8063c4da2d7b015dbbff5502252d7a70fc25e2a3b78e981b299113"
      ],
      "salt": "a2c891bbd82f1d72ad312b0281b2c65bc551810d11e66539bf637ddecb51b1e7",
      "start": 48,
      "text": "\u0645\u0646 \u0622\u0646 \u0634\u0628 \u062f\u0631 \u0646\u0627\u0646\u0648\u0627\u06cc\u06cc \u0686\u0646\u0627\u0631 \u062f\u0631 \u0642\u0627\u0631\u0633\u0627\u0646 \u06a9\u0627\u0631 \u0645\u06cc\u200c\u06a9\u0631\u062f\u0645. \u062d\u062f\u0648\u062f \u0633\u0627\u0639\u062a \u0646\u0647 \u0634\u0628\u060c \u0634\u0627\u0645\u06af\u0627\u0647 \u06f2\u06f3 \u0627\u0633\u0641\u0646\u062f\u060c \u062f\u0648 \u06a9\u0627\u0645\u06cc\u0648\u0646 \u0622\u0645\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "7905a4292c353782aef98a30885f6f4c1ab73b005ec49eb2c91b4f9fc9ceaa08",
        "paragraphs": "2c94031fc647f2a3b2cc31e954d9e5ce9b4ecdcd37ed0d814aeb42345f27ae99",
        "secret": "e0fd5926c01894ddfd2b5ca22ef1eb0230af76994161b13e0e207770a7077319"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251\",\"size\":1},\"at\":\"2031-05-03T10:01:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"192beca6ed9c3ec6a8e71e2a3137b1f3a3126d054b8a892d52a0b8bd032921f4\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "9e77f3c9f3e38b293381e409f27faa0b787792bbd4b0bf04ecf3305b97c19e15",
         "value": "{\"count\":5,\"root\":\"369098ccf06648dd1ff5d93a9204de3d964c66d3031467ba87063269e5e93194\"}"
        }
       },
       "path": [
        "fcf551508e3579d9785d76a98decf02a438acee7019399493be0622320c17251",
        "382cb85a688f14b085d96cf0120570abd00766a5aa661707bca91e3fc838f957",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 1,
       "signature": "7567d93ffdb20eab396da198aa4bc80fddd25e66e814d3b4227bfca0efaa0ace67d0f8f0087f1a5983fd2ea5453baab40bed4770b2ef77e98dcff736f662b50a"
      }
     },
     "slot": "when"
    }
   ]
  },
  {
   "claim": "Q-0042-B-1",
   "entry": {
    "fields": {
     "act": "e6fee109a647f17ce7c10508178556557d080aa77ed962cd29b1bcfc190eb2a5",
     "counts": "0596da9964d00653394be474a35152f645ee29d6f298352e59ce162d3a710ccc",
     "exact_words": "f273c1c9c907d0b6a6476c78bc7a8ba76c90605fa69cd55228b7b7f2c6809d67",
     "why": "d1818237ad4cf61164137f2510c9b468c32bb12ddec7fe2b955ce9227e39f881"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"828febe779315940f765d9e57a15902fa3ffd942dbf263afe385c9df812eee11\",\"size\":9},\"at\":\"2031-05-03T10:09:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"e09823dcaa1a3340e8d19afcabfb6871f069ad4c81cc11490009d77d31deb6af\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "ac2bebecf575eb116fe45eafcf2dbb3ad90b14a81f74fc1cfc6a168b9a42da9b",
      "value": "[{\"max\":15,\"min\":15,\"of\":\"taken\",\"scope\":\"event\",\"words\":\"\u0641\u0647\u0631\u0633\u062a \u067e\u0627\u0646\u0632\u062f\u0647 \u0646\u0627\u0645\"}]"
     },
     "exact_words": {
      "salt": "2b32c3c40c87c5096f5651afa83bb4359b90ac2b90693817585f0fe8880f8588",
      "value": "[{\"exact\":\"\u0641\u0647\u0631\u0633\u062a \u067e\u0627\u0646\u0632\u062f\u0647 \u0646\u0627\u0645\",\"slot\":\"count\"},{\"exact\":\"\u067e\u0627\u0633\u06af\u0627\u0647 \u0686\u0647\u0627\u0631\u0645 \u0645\u0631\u0632\u0628\u0627\u0646\u06cc\",\"slot\":\"actor\"}]"
     }
    },
    "path": [
     "3a4a09a6713d84467870304333ce7824ef0661a8ea6c934324578d92b244c2a3",
     "5d301a7b4709f3bb82beabb01bdcfcf8aa2a6e4628bc81772159786d72e52353",
     "4f1fd5decea08bdf2e5de0a43e1931e9dc8c22fa3a95cd64931528784b84f235",
     "71b95ce5f22c19d3fb321fbbf8fc6339e5bd6cb463b02156c94cb4348e58b4cf"
    ],
    "position": 9,
    "signature": "610642bd37d660e25a42bdf3beabd604100dac8f477563d3d5d3e9e075cb3628eca82e9c3aee3b9cef9bfc091da605c0dbc54216aa196097c03370b418287d07"
   },
   "quotes": [
    {
     "exact": "\u0641\u0647\u0631\u0633\u062a \u067e\u0627\u0646\u0632\u062f\u0647 \u0646\u0627\u0645",
     "paragraph": {
      "count": 3,
      "index": 1,
      "path": [
       "df8465a474bb78bcb11afb899573823b575d58df7d895146bbec23391ced69a9",
       "a8907a0224258d69a5610607c7f9d151bb462597707b69dbe47ad3655c375785"
      ],
      "salt": "8e9cb7e10c814dba8e46db7923302b3a476ddc5c46a3b83f62a68e30a7d34cde",
      "start": 62,
      "text": "\u0634\u0628 \u06f2\u06f3 \u0627\u0633\u0641\u0646\u062f \u067e\u0627\u0633\u06af\u0627\u0647 \u0686\u0647\u0627\u0631\u0645 \u0645\u0631\u0632\u0628\u0627\u0646\u06cc \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0646\u0627\u0646\u0648\u0627\u06cc\u06cc \u0686\u0646\u0627\u0631 \u0631\u0627 \u0628\u0631\u062f. \u0641\u0647\u0631\u0633\u062a \u067e\u0627\u0646\u0632\u062f\u0647 \u0646\u0627\u0645 \u062f\u0631 \u067e\u06cc \u0645\u06cc\u200c\u0622\u06cc\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "bc8e9b787bc59d3957bd48fb96fc0bad8bd0d962e2a5ff576ebd8e4b2d28a4ef",
        "paragraphs": "76a963b53e11ec69fa47decc05ea3e198af0b0a3ccf39f9c323285a53c17ad50",
        "secret": "aac44a1f8bc27c514ffe7a22cccc6d524326eb34a59e7a17b130a021c647e412"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"5624d38216e30df14944e13660ceb32329d8ae4d2c642561337011568cc6381c\",\"size\":2},\"at\":\"2031-05-03T10:02:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"557ef06602b159239445877beed61fa82de4ff885b903a1672025ec8a74bec87\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "2309dac642b3c00a7a3a7966ea39bed48727ef86a80c3f25f9ab4500ec40a442",
         "value": "{\"count\":3,\"root\":\"ac3e603a8267f4c03798546093c7034b92662aa323c1675d40fc4244dc1ad3df\"}"
        }
       },
       "path": [
        "43210f2bfa9257ae9f206ca28d906c35c8ec30dd25c36dcda4b276f2761574a5",
        "5624d38216e30df14944e13660ceb32329d8ae4d2c642561337011568cc6381c",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 2,
       "signature": "a48480bacbffb5300154badf1f799a44aeb3820493c791702a23cfa136f726aebc840f43af9cee5061598b0c0e2bd26944333fad14ec8e59367205b2fa38cf06"
      }
     },
     "slot": "count"
    },
    {
     "exact": "\u067e\u0627\u0633\u06af\u0627\u0647 \u0686\u0647\u0627\u0631\u0645 \u0645\u0631\u0632\u0628\u0627\u0646\u06cc",
     "paragraph": {
      "count": 3,
      "index": 1,
      "path": [
       "df8465a474bb78bcb11afb899573823b575d58df7d895146bbec23391ced69a9",
       "a8907a0224258d69a5610607c7f9d151bb462597707b69dbe47ad3655c375785"
      ],
      "salt": "8e9cb7e10c814dba8e46db7923302b3a476ddc5c46a3b83f62a68e30a7d34cde",
      "start": 12,
      "text": "\u0634\u0628 \u06f2\u06f3 \u0627\u0633\u0641\u0646\u062f \u067e\u0627\u0633\u06af\u0627\u0647 \u0686\u0647\u0627\u0631\u0645 \u0645\u0631\u0632\u0628\u0627\u0646\u06cc \u06a9\u0627\u0631\u06af\u0631\u0627\u0646 \u0646\u0627\u0646\u0648\u0627\u06cc\u06cc \u0686\u0646\u0627\u0631 \u0631\u0627 \u0628\u0631\u062f. \u0641\u0647\u0631\u0633\u062a \u067e\u0627\u0646\u0632\u062f\u0647 \u0646\u0627\u0645 \u062f\u0631 \u067e\u06cc \u0645\u06cc\u200c\u0622\u06cc\u062f.\n",
      "text_entry": {
       "fields": {
        "digest": "bc8e9b787bc59d3957bd48fb96fc0bad8bd0d962e2a5ff576ebd8e4b2d28a4ef",
        "paragraphs": "76a963b53e11ec69fa47decc05ea3e198af0b0a3ccf39f9c323285a53c17ad50",
        "secret": "aac44a1f8bc27c514ffe7a22cccc6d524326eb34a59e7a17b130a021c647e412"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"5624d38216e30df14944e13660ceb32329d8ae4d2c642561337011568cc6381c\",\"size\":2},\"at\":\"2031-05-03T10:02:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"557ef06602b159239445877beed61fa82de4ff885b903a1672025ec8a74bec87\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "2309dac642b3c00a7a3a7966ea39bed48727ef86a80c3f25f9ab4500ec40a442",
         "value": "{\"count\":3,\"root\":\"ac3e603a8267f4c03798546093c7034b92662aa323c1675d40fc4244dc1ad3df\"}"
        }
       },
       "path": [
        "43210f2bfa9257ae9f206ca28d906c35c8ec30dd25c36dcda4b276f2761574a5",
        "5624d38216e30df14944e13660ceb32329d8ae4d2c642561337011568cc6381c",
        "73667fb69757f548661170df4a080c5adc09f1ec800cc15d512b18ef29289e69",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 2,
       "signature": "a48480bacbffb5300154badf1f799a44aeb3820493c791702a23cfa136f726aebc840f43af9cee5061598b0c0e2bd26944333fad14ec8e59367205b2fa38cf06"
      }
     },
     "slot": "actor"
    }
   ]
  }
 ],
 "number": {
  "max": 16,
  "min": 14,
  "of": "taken",
  "rule": "range of independent counts 2"
 }
};
