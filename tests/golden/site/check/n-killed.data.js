window.AFFIANT_CHECK = {
 "log": {
  "checkpoint": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\n13\nYV6UxcO9IZSa5/AkBBj04IJ5T75vCd8tIcjEJcBorqY=\n\n\u2014 affiant/key/ae70480a9822a9b95a136b17d78725707feaa39956ff5ec8118b585d7e8628b3 WK96obyf4iKezG9EVsEu5BQ3g2WDbpPoWm1CNrbI865lFZL2FuJf2nWlb+uvrwZ3zB3Q5e8qxts75VDBxYX9cpSksgw=\n",
  "origin": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
  "root": "615e94c5c3bd21949ae7f0240418f4e082794fbe6f09df2d21c8c425c068aea6",
  "size": 13
 },
 "members": [
  {
   "claim": "Q-0042-A-7",
   "entry": {
    "fields": {
     "act": "bd4b906ddd281c86b54fd9d5aa699cf78a31a67bdc986ee51aa07b22dab182fa",
     "counts": "b603835943a23716c3a4a0852a799d599bcf3c4d792d4f972384b9b90627a972",
     "exact_words": "8d0778265b4dadf1f5a51295e3e61d06523ab42de13470c2d18a051c5afe4132",
     "why": "957aa7d4c3fbb38f9fb6a822ffe9d43fa6c52b7cd32422df196eef0e89eb2b7a"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"71b95ce5f22c19d3fb321fbbf8fc6339e5bd6cb463b02156c94cb4348e58b4cf\",\"size\":8},\"at\":\"2031-05-03T10:08:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"56d46bb40446e8df3f6bc7cf2792ce43580f928b5e17a7c034e9d716671f5993\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "ed6f5ed4cc242fc7afb786b4c972f33e18145355d52cf614a9f8d71adeb0423a",
      "value": "[{\"max\":3,\"min\":3,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\"}]"
     },
     "exact_words": {
      "salt": "ccded71143e9c409c8c2ab44839f1e0f193204526560b5c972aa865aca55f7bb",
      "value": "[{\"exact\":\"\u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\",\"slot\":\"count\"},{\"exact\":\"\u0647\u0645\u0633\u0627\u06cc\u0647\u200c\u0627\u06cc \u06af\u0641\u062a\",\"slot\":\"basis\"}]"
     }
    },
    "path": [
     "ca9d2c32570f720e40ad6153480851b349811f2f4071128180ef0d0b5b36cc7f",
     "5d301a7b4709f3bb82beabb01bdcfcf8aa2a6e4628bc81772159786d72e52353",
     "4f1fd5decea08bdf2e5de0a43e1931e9dc8c22fa3a95cd64931528784b84f235",
     "71b95ce5f22c19d3fb321fbbf8fc6339e5bd6cb463b02156c94cb4348e58b4cf"
    ],
    "position": 8,
    "signature": "e0c7c71d7fc39fdd5a95f49c2e4fd0fc4b42cf4806a9749cad02dc15e7a918b0b8955cafbeaff628c44184095b8c9e1e4688749a9554b5a227c549cdcea3f104"
   },
   "quotes": [
    {
     "exact": "\u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f",
     "paragraph": {
      "count": 5,
      "index": 4,
      "path": [
       "04501f90d69e2cc7315b53644d0d16d4e814b4844c2b43b56032b1008c620eac"
      ],
      "salt": "7d7db6a73a347271ac3d7516d2fec5cbdbd7adc76431d023c74cb028611f6240",
      "start": 26,
      "text": "\u062f\u0648 \u0647\u0641\u062a\u0647 \u0628\u0639\u062f \u0647\u0645\u0633\u0627\u06cc\u0647\u200c\u0627\u06cc \u06af\u0641\u062a \u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\u061b \u0645\u0646 \u062e\u0648\u062f\u0645 \u0646\u062f\u06cc\u062f\u0645.",
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
     "exact": "\u0647\u0645\u0633\u0627\u06cc\u0647\u200c\u0627\u06cc \u06af\u0641\u062a",
     "paragraph": {
      "count": 5,
      "index": 4,
      "path": [
       "04501f90d69e2cc7315b53644d0d16d4e814b4844c2b43b56032b1008c620eac"
      ],
      "salt": "7d7db6a73a347271ac3d7516d2fec5cbdbd7adc76431d023c74cb028611f6240",
      "start": 12,
      "text": "\u062f\u0648 \u0647\u0641\u062a\u0647 \u0628\u0639\u062f \u0647\u0645\u0633\u0627\u06cc\u0647\u200c\u0627\u06cc \u06af\u0641\u062a \u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\u061b \u0645\u0646 \u062e\u0648\u062f\u0645 \u0646\u062f\u06cc\u062f\u0645.",
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
     "slot": "basis"
    }
   ]
  },
  {
   "claim": "Q-0042-B-2",
   "entry": {
    "fields": {
     "act": "c3cb52a5f35617170113b6061f82abc0d60c3396cc43cc24c3274eba631bd072",
     "counts": "e2aa3fd52bc03b3cded96caabbce4c3619b575f0118597db566ac00e32f93e4e",
     "exact_words": "05adef3f14be4ea385f0fc30b8a8fc985ecc1bf6cc70e292edcf11cc111322c2",
     "why": "4611071f8f6789b2db890a34be07789a1bc7bbd93222c9ee87b6820e2178295a"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"bc1d16d4d032ca666b887ec569b4cdba20f7df1ddf3f99a2df144c525f5818cd\",\"size\":10},\"at\":\"2031-05-03T10:10:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"f8c2d99b8c8c624e966171fead21f9037cfaa0cd25625f3f2af8e50aa74e71e0\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "0afe1f9ed474f15625508c3f6fa4f6a024db72d1d7f99aff7122c2841e876c53",
      "value": "[{\"max\":2,\"min\":2,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627\"}]"
     },
     "exact_words": {
      "salt": "a9679a908d444a6271a687cbcb71adebcb5cf18bb5abd313cdd42c6d1ffc64f3",
      "value": "[{\"exact\":\"\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627\",\"slot\":\"count\"}]"
     }
    },
    "path": [
     "930acc5c7b534be468edb7c297a3ffee2e7bfb14e027472ac37be03a7281d909",
     "02d7e106ee1506cbbfe3ac915b5c46e7e7c5aa91b0ac0e29c04efc33269fb21d",
     "4f1fd5decea08bdf2e5de0a43e1931e9dc8c22fa3a95cd64931528784b84f235",
     "71b95ce5f22c19d3fb321fbbf8fc6339e5bd6cb463b02156c94cb4348e58b4cf"
    ],
    "position": 10,
    "signature": "872ce2983956f78ae297ea5146564bbd2174df4001e590b6d60eca49f7cb8695bc59d417089e0b07816d1f07b2dc58ab7e6b13754b54250d317b1ff2c1e83c01"
   },
   "quotes": [
    {
     "exact": "\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627",
     "paragraph": {
      "count": 3,
      "index": 2,
      "path": [
       "6cde2f8264e2ccb97dd7924c72b73802096d213601b6b376903176da9e68532b"
      ],
      "salt": "f53f7275eb9254c834bc59511f6f5c26cda46821a86e948fdcacb49705990307",
      "start": 0,
      "text": "\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627 \u062f\u0631 \u0628\u0627\u0632\u062f\u0627\u0634\u062a \u062c\u0627\u0646 \u062f\u0627\u062f\u0646\u062f.\n",
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
    }
   ]
  },
  {
   "claim": "Q-0042-D-1",
   "entry": {
    "fields": {
     "act": "b8981f9cdfb24f4680ed342c39da300213205bee529708dd9bfc52dc3c8380a2",
     "counts": "c1f5671a255a05b79885f8d72dac2fcc24b852b55301697119a94a2d39d88b39",
     "exact_words": "fe6656d238bfff0fb7a37ffbb2e626faf14c0d4724d5f73c694bff76068899f7",
     "why": "2412e59389e4ca09f891c5a59b2f651fd4f602d4b897e18e0c13bae9df8984ba"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"2d6e2679e8655fe5befc24c637b4cc877ba094ebae86b787b7d7357f54bb6192\",\"size\":11},\"at\":\"2031-05-03T10:11:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"69c0ec0ca56f30b9510cd2cc8c8482bb16e3251f9129365eeb75190f2bf9f4d2\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "6410e4408dcfb4af9dd7aa035d1f6a855c47bdee4a9212996bd13e189ac12217",
      "value": "[{\"max\":2,\"min\":2,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646\"}]"
     },
     "exact_words": {
      "salt": "77d86275ee27c19d2f61dceffe27c9e8c3392beab4eee032f51a78defbe2acd0",
      "value": "[{\"exact\":\"\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646\",\"slot\":\"count\"}]"
     }
    },
    "path": [
     "205501fa2ced200909099c817e27a849b0bbe46365359c8898c392cac74a5a4f",
     "02d7e106ee1506cbbfe3ac915b5c46e7e7c5aa91b0ac0e29c04efc33269fb21d",
     "4f1fd5decea08bdf2e5de0a43e1931e9dc8c22fa3a95cd64931528784b84f235",
     "71b95ce5f22c19d3fb321fbbf8fc6339e5bd6cb463b02156c94cb4348e58b4cf"
    ],
    "position": 11,
    "signature": "6457c253783c1c12f6077beb3b4bac467964d295809b2160432c68ab4eec2f93c1771b0bc6fcbfde3b39943bc3c4eecd2f734b3b27e06a4f9b7750882b687806"
   },
   "quotes": [
    {
     "exact": "\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646",
     "paragraph": {
      "count": 2,
      "index": 1,
      "path": [
       "6780c8cf708332569ade1ba5f02b0abd92538dc937e35454e536586c953437a2"
      ],
      "salt": "0921b2a10213a86d82a259764613ee8e383ce2ca7ce5a4d633cd4da15f4482de",
      "start": 0,
      "text": "\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646\u060c \u0628\u06cc\u200c\u0646\u0627\u0645.\n",
      "text_entry": {
       "fields": {
        "digest": "f10d2e31fd4ee34980738b0488bf33051ffc18cd3ccd3326eb67e911c54f399b",
        "paragraphs": "82e44d0742334ae30d507d46631ada6137029ddc551e189a2bca4959206b0b4c",
        "secret": "903bf75e6335040bf791177f112b6835959a483cca298a1f31c57ad932bd94c5"
       },
       "header": "{\"actor\":\"518e393a3a5ebdd2365e17cfcfdcc6ac354becff47210c1afe0ecdfb3181ed6f\",\"after\":{\"root\":\"a0c89cd91358b8f09fafbb07cfdd7392f3c8ff36de1e62397c544c052da0762a\",\"size\":4},\"at\":\"2031-05-03T10:04:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"204afb43ebc545daf134cf81584364c4e127d4f4083404c08da6bc3c85c3765d\",\"kind\":\"text.read/1\",\"v\":1}",
       "opened": {
        "paragraphs": {
         "salt": "c6db0ad0e097a9bd0a9dbe0548eacb0036c703e032b7565546c7625b817f0c74",
         "value": "{\"count\":2,\"root\":\"2adf87dc422af40464c3612566e289eb99601e0b8f961b3acb628d449e8ef96e\"}"
        }
       },
       "path": [
        "495d5c710544ac65095fcdc377c9f45211f617a473dcfac7ddcb9c3094f79756",
        "0320dac2352a1fb0460a99e1e14709539ddc14ebab7cfa59b28b42bb7f6cf7fb",
        "a0c89cd91358b8f09fafbb07cfdd7392f3c8ff36de1e62397c544c052da0762a",
        "b593fe8d2d4cbb2bc9744f2e0067bce039359a94bd930eb2aceaaa70f29a83a1"
       ],
       "position": 4,
       "signature": "98b17592d6e0efaef7201f7d4e02a305dc16cae1407013329635a84ec4ea6145e9c07bc6d68acf50bacfc83af9f1cd4ce5daa33718da4ee30f84098139406a01"
      }
     },
     "slot": "count"
    }
   ]
  }
 ],
 "number": {
  "max": 3,
  "min": 2,
  "of": "killed",
  "rule": "range of independent counts 2"
 }
};
