window.AFFIANT_CHECK = {
 "log": {
  "checkpoint": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\n13\nfXQ1RZn+ZgQ5lhBsoroUk43CWovIZCJaFZoSSNFQlUA=\n\n\u2014 affiant/key/ae70480a9822a9b95a136b17d78725707feaa39956ff5ec8118b585d7e8628b3 WK96oStoRC9ofy32GSy+YoXwyIfdWs1YlT4atKq4Efcr1KNENQOgHCuhmKoMnJqoPP2SCnRQdn4BEo+9QeB6UVuroQE=\n",
  "origin": "affiant/case/5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
  "root": "7d74354599fe66043996106ca2ba14938dc25a8bc864225a159a1248d1509540",
  "size": 13
 },
 "members": [
  {
   "claim": "Q-0042-A-7",
   "entry": {
    "fields": {
     "act": "bd4b906ddd281c86b54fd9d5aa699cf78a31a67bdc986ee51aa07b22dab182fa",
     "counts": "b603835943a23716c3a4a0852a799d599bcf3c4d792d4f972384b9b90627a972",
     "quotes": "730979d82b62f151a4d98cd545f5ca8650381486c2a845a9047d8eee052c775f",
     "why": "957aa7d4c3fbb38f9fb6a822ffe9d43fa6c52b7cd32422df196eef0e89eb2b7a"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"938546126a1d1dfdb3732d7a62fa4de8174b4d5cb7747925764f8685bffd7ddf\",\"size\":8},\"at\":\"2031-05-03T10:08:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"665da991eb0ce854aaf5365d23fb9e3fdb9a48a7c34f78aff82c80b5c940d7dc\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "ed6f5ed4cc242fc7afb786b4c972f33e18145355d52cf614a9f8d71adeb0423a",
      "value": "[{\"max\":3,\"min\":3,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\"}]"
     },
     "quotes": {
      "salt": "93cad2669e43c203eb2ee1d2f3b0b481bfbc2feea66425ca19e06eac6cbf0d3b",
      "value": "[{\"exact\":\"\u0633\u0647 \u0646\u0641\u0631 \u0627\u0632 \u0622\u0646\u0627\u0646 \u0645\u0631\u062f\u0647\u200c\u0627\u0646\u062f\",\"slot\":\"count\"},{\"exact\":\"\u0647\u0645\u0633\u0627\u06cc\u0647\u200c\u0627\u06cc \u06af\u0641\u062a\",\"slot\":\"basis\"}]"
     }
    },
    "path": [
     "06824e607cdfe2f859080b2af1f2433298aa3de9bdfcdd201f8a7b92609b30fb",
     "d377662c49961adec0c97bfe8d338af776d06dc33548d1a7b8cc1819a05d1814",
     "ddb76e0755c92255583940c29eede487ee4b035850f1f4c75b746a1afea00e9a",
     "938546126a1d1dfdb3732d7a62fa4de8174b4d5cb7747925764f8685bffd7ddf"
    ],
    "position": 8,
    "signature": "6b76f1d4aa4a1da7946cff949c79aff30d87838f521957197a48cdc8d57b38e6196e9fc5dfafab63bbd9117cf3f0ec5657f98479180df82a8e375738aaf08a02"
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
        "3c6ac92a5cb8df9925d4cc6597141068b1e2add84810458d437c114076d98eaa",
        "3c3a192c8f31b3443a2db6f64784fdc4a68d2c0b8f5183533ae0d63b90b4e8f5"
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
        "3c6ac92a5cb8df9925d4cc6597141068b1e2add84810458d437c114076d98eaa",
        "3c3a192c8f31b3443a2db6f64784fdc4a68d2c0b8f5183533ae0d63b90b4e8f5"
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
     "quotes": "dfbd526b93965727f7de760286dbe9867d6ca103b83e4effdbbd4c891ca3c565",
     "why": "4611071f8f6789b2db890a34be07789a1bc7bbd93222c9ee87b6820e2178295a"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"42f1ae61d6e484adf3efbe99504b096595871c07e10b59883663049308559631\",\"size\":10},\"at\":\"2031-05-03T10:10:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"f6a2a635a5810d7bc057a855d112137240b627a768ddfc63a00743990bc8d14f\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "0afe1f9ed474f15625508c3f6fa4f6a024db72d1d7f99aff7122c2841e876c53",
      "value": "[{\"max\":2,\"min\":2,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627\"}]"
     },
     "quotes": {
      "salt": "0b47b443a73237d54f6e5c7184c62c1560c2a65e5571bd98eb95d041a378121a",
      "value": "[{\"exact\":\"\u062f\u0648 \u062a\u0646 \u0627\u0632 \u0627\u0639\u0636\u0627\",\"slot\":\"count\"}]"
     }
    },
    "path": [
     "1a978f5a649e74e0c92351ddf7e54e1aea2655510f6acd97eb62d60020f28c75",
     "7a36a37e4ff3e437647339b7440edbd0af6cf339169e120ff7e4444457173e13",
     "ddb76e0755c92255583940c29eede487ee4b035850f1f4c75b746a1afea00e9a",
     "938546126a1d1dfdb3732d7a62fa4de8174b4d5cb7747925764f8685bffd7ddf"
    ],
    "position": 10,
    "signature": "58a93f05b7798393fe65b551f8eebcb920c8e720790c06bc420edbc32116d84bbc85525dd109d2450768d3246fdc4476297f89c2a2d1110927dee13de2c87e05"
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
        "3c6ac92a5cb8df9925d4cc6597141068b1e2add84810458d437c114076d98eaa",
        "3c3a192c8f31b3443a2db6f64784fdc4a68d2c0b8f5183533ae0d63b90b4e8f5"
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
     "quotes": "94c488bdce0ea9a84f09b763d159a771e803914ec304c724829403999c3a1334",
     "why": "2412e59389e4ca09f891c5a59b2f651fd4f602d4b897e18e0c13bae9df8984ba"
    },
    "header": "{\"actor\":\"4c8529865260cfa3155b0c733d4a26fbe8feac0f36ad362940e5c73f690a78ab\",\"after\":{\"root\":\"cfb6a687cfea3735e4a9d2bce630733dffd4afd8583aada7e8166ed300975587\",\"size\":11},\"at\":\"2031-05-03T10:11:00Z\",\"case\":\"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f\",\"commitment\":\"202535c0900a739e30406597508203eb8d584a99859feb0d01ccd040d2f479b5\",\"kind\":\"claim.accepted/1\",\"v\":1}",
    "opened": {
     "counts": {
      "salt": "6410e4408dcfb4af9dd7aa035d1f6a855c47bdee4a9212996bd13e189ac12217",
      "value": "[{\"max\":2,\"min\":2,\"of\":\"killed\",\"scope\":\"event\",\"words\":\"\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646\"}]"
     },
     "quotes": {
      "salt": "cc300c117d4cc7ee7dbb5a92047e9adbd33188cc43d7b35be0d6ebc93c03e275",
      "value": "[{\"exact\":\"\u062f\u0648 \u062c\u0633\u062f\u060c \u06f9 \u0641\u0631\u0648\u0631\u062f\u06cc\u0646\",\"slot\":\"count\"}]"
     }
    },
    "path": [
     "276060e5ff2fe91df9a39c26f2f35dec85bc94d939c104c8c6214ab8110eac35",
     "7a36a37e4ff3e437647339b7440edbd0af6cf339169e120ff7e4444457173e13",
     "ddb76e0755c92255583940c29eede487ee4b035850f1f4c75b746a1afea00e9a",
     "938546126a1d1dfdb3732d7a62fa4de8174b4d5cb7747925764f8685bffd7ddf"
    ],
    "position": 11,
    "signature": "4ec97430043e808e70f98a197ba0dc9a14b1a7c1c1406ef699effaff3dba97b858ca7d9666a3eedea670eb4f7f8f7349cb9bc51c76a1d729e7c34f1c0dcbe10f"
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
        "6dce8c0726dcafd7c519d33690a80f15a262c1fff9193359540b85007f7d2cb5",
        "a0c89cd91358b8f09fafbb07cfdd7392f3c8ff36de1e62397c544c052da0762a",
        "3c3a192c8f31b3443a2db6f64784fdc4a68d2c0b8f5183533ae0d63b90b4e8f5"
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
