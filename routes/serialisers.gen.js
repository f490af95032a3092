// Made from openapi.yaml by `npm run gen`. Not for editing by hand.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const Stat = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_1 = obj["czxid"]
      if (value_czxid_1 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_1 !== 'string') {
          if (value_czxid_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_1.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_1 instanceof RegExp) {
            json += asString(value_czxid_1.source)
          } else {
            json += asString(value_czxid_1.toString())
          }
        } else {
          json += asString(value_czxid_1)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_2 = obj["mzxid"]
      if (value_mzxid_2 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_2 !== 'string') {
          if (value_mzxid_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_2.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_2 instanceof RegExp) {
            json += asString(value_mzxid_2.source)
          } else {
            json += asString(value_mzxid_2.toString())
          }
        } else {
          json += asString(value_mzxid_2)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_3 = obj["pzxid"]
      if (value_pzxid_3 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_3 !== 'string') {
          if (value_pzxid_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_3.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_3 instanceof RegExp) {
            json += asString(value_pzxid_3.source)
          } else {
            json += asString(value_pzxid_3.toString())
          }
        } else {
          json += asString(value_pzxid_3)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_4 = obj["ctime"]
      if (value_ctime_4 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_4)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_5 = obj["mtime"]
      if (value_mtime_5 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_5)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_6 = obj["version"]
      if (value_version_6 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_6)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_7 = obj["cversion"]
      if (value_cversion_7 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_7)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_8 = obj["aversion"]
      if (value_aversion_8 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_8)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_9 = obj["dataLength"]
      if (value_dataLength_9 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_9)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_10 = obj["numChildren"]
      if (value_numChildren_10 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_10)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_11 = obj["mode"]
      if (value_mode_11 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_11 !== 'string') {
          if (value_mode_11 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_11 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_11.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_11 instanceof RegExp) {
            json += asString(value_mode_11.source)
          } else {
            json += asString(value_mode_11.toString())
          }
        } else {
          json += asString(value_mode_11)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_12 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_12 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_12 !== 'string') {
          if (value_ephemeralOwner_12 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_12 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_12.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_12 instanceof RegExp) {
            json += asString(value_ephemeralOwner_12.source)
          } else {
            json += asString(value_ephemeralOwner_12.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_12)
        }
        
      }

      const value_ttlMs_13 = obj["ttlMs"]
      if (value_ttlMs_13 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_13)
      }

      const value_expiresAt_14 = obj["expiresAt"]
      if (value_expiresAt_14 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_14)
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const GetResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_6 = obj["czxid"]
      if (value_czxid_6 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_6 !== 'string') {
          if (value_czxid_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_6.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_6 instanceof RegExp) {
            json += asString(value_czxid_6.source)
          } else {
            json += asString(value_czxid_6.toString())
          }
        } else {
          json += asString(value_czxid_6)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_7 = obj["mzxid"]
      if (value_mzxid_7 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_7 !== 'string') {
          if (value_mzxid_7 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_7 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_7.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_7 instanceof RegExp) {
            json += asString(value_mzxid_7.source)
          } else {
            json += asString(value_mzxid_7.toString())
          }
        } else {
          json += asString(value_mzxid_7)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_8 = obj["pzxid"]
      if (value_pzxid_8 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_8 !== 'string') {
          if (value_pzxid_8 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_8 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_8.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_8 instanceof RegExp) {
            json += asString(value_pzxid_8.source)
          } else {
            json += asString(value_pzxid_8.toString())
          }
        } else {
          json += asString(value_pzxid_8)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_9 = obj["ctime"]
      if (value_ctime_9 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_9)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_10 = obj["mtime"]
      if (value_mtime_10 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_10)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_11 = obj["version"]
      if (value_version_11 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_11)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_12 = obj["cversion"]
      if (value_cversion_12 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_12)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_13 = obj["aversion"]
      if (value_aversion_13 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_13)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_14 = obj["dataLength"]
      if (value_dataLength_14 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_14)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_15 = obj["numChildren"]
      if (value_numChildren_15 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_15)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_16 = obj["mode"]
      if (value_mode_16 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_16 !== 'string') {
          if (value_mode_16 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_16 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_16.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_16 instanceof RegExp) {
            json += asString(value_mode_16.source)
          } else {
            json += asString(value_mode_16.toString())
          }
        } else {
          json += asString(value_mode_16)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_17 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_17 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_17 !== 'string') {
          if (value_ephemeralOwner_17 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_17 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_17.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_17 instanceof RegExp) {
            json += asString(value_ephemeralOwner_17.source)
          } else {
            json += asString(value_ephemeralOwner_17.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_17)
        }
        
      }

      const value_ttlMs_18 = obj["ttlMs"]
      if (value_ttlMs_18 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_18)
      }

      const value_expiresAt_19 = obj["expiresAt"]
      if (value_expiresAt_19 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_19)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/GetResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_path_1 = obj["path"]
      if (value_path_1 !== undefined) {
        json += "{\"path\":"
        
        if (typeof value_path_1 !== 'string') {
          if (value_path_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_1.toISOString() + JSON_STR_QUOTE
          } else if (value_path_1 instanceof RegExp) {
            json += asString(value_path_1.source)
          } else {
            json += asString(value_path_1.toString())
          }
        } else {
          json += asString(value_path_1)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_data_2 = obj["data"]
      if (value_data_2 !== undefined) {
        json += ",\"data\":"
        
        if (typeof value_data_2 !== 'string') {
          if (value_data_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_2.toISOString() + JSON_STR_QUOTE
          } else if (value_data_2 instanceof RegExp) {
            json += asString(value_data_2.source)
          } else {
            json += asString(value_data_2.toString())
          }
        } else {
          json += asString(value_data_2)
        }
        
      } else {
        throw new Error('"data" is required!')
      }
      
      const value_encoding_3 = obj["encoding"]
      if (value_encoding_3 !== undefined) {
        json += ",\"encoding\":"
        
        if (typeof value_encoding_3 !== 'string') {
          if (value_encoding_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_3.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_3 instanceof RegExp) {
            json += asString(value_encoding_3.source)
          } else {
            json += asString(value_encoding_3.toString())
          }
        } else {
          json += asString(value_encoding_3)
        }
        
      } else {
        throw new Error('"encoding" is required!')
      }
      
      const value_stat_4 = obj["stat"]
      if (value_stat_4 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_4)
      } else {
        throw new Error('"stat" is required!')
      }
      
      const value_watch_20 = obj["watch"]
      if (value_watch_20 !== undefined) {
        json += ",\"watch\":"
        json += asInteger(value_watch_20)
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const WriteResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_4 = obj["czxid"]
      if (value_czxid_4 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_4 !== 'string') {
          if (value_czxid_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_4.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_4 instanceof RegExp) {
            json += asString(value_czxid_4.source)
          } else {
            json += asString(value_czxid_4.toString())
          }
        } else {
          json += asString(value_czxid_4)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_5 = obj["mzxid"]
      if (value_mzxid_5 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_5 !== 'string') {
          if (value_mzxid_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_5.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_5 instanceof RegExp) {
            json += asString(value_mzxid_5.source)
          } else {
            json += asString(value_mzxid_5.toString())
          }
        } else {
          json += asString(value_mzxid_5)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_6 = obj["pzxid"]
      if (value_pzxid_6 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_6 !== 'string') {
          if (value_pzxid_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_6.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_6 instanceof RegExp) {
            json += asString(value_pzxid_6.source)
          } else {
            json += asString(value_pzxid_6.toString())
          }
        } else {
          json += asString(value_pzxid_6)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_7 = obj["ctime"]
      if (value_ctime_7 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_7)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_8 = obj["mtime"]
      if (value_mtime_8 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_8)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_9 = obj["version"]
      if (value_version_9 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_9)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_10 = obj["cversion"]
      if (value_cversion_10 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_10)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_11 = obj["aversion"]
      if (value_aversion_11 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_11)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_12 = obj["dataLength"]
      if (value_dataLength_12 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_12)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_13 = obj["numChildren"]
      if (value_numChildren_13 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_13)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_14 = obj["mode"]
      if (value_mode_14 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_14 !== 'string') {
          if (value_mode_14 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_14 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_14.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_14 instanceof RegExp) {
            json += asString(value_mode_14.source)
          } else {
            json += asString(value_mode_14.toString())
          }
        } else {
          json += asString(value_mode_14)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_15 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_15 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_15 !== 'string') {
          if (value_ephemeralOwner_15 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_15 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_15.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_15 instanceof RegExp) {
            json += asString(value_ephemeralOwner_15.source)
          } else {
            json += asString(value_ephemeralOwner_15.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_15)
        }
        
      }

      const value_ttlMs_16 = obj["ttlMs"]
      if (value_ttlMs_16 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_16)
      }

      const value_expiresAt_17 = obj["expiresAt"]
      if (value_expiresAt_17 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_17)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/WriteResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_path_1 = obj["path"]
      if (value_path_1 !== undefined) {
        json += "{\"path\":"
        
        if (typeof value_path_1 !== 'string') {
          if (value_path_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_1.toISOString() + JSON_STR_QUOTE
          } else if (value_path_1 instanceof RegExp) {
            json += asString(value_path_1.source)
          } else {
            json += asString(value_path_1.toString())
          }
        } else {
          json += asString(value_path_1)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_stat_2 = obj["stat"]
      if (value_stat_2 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_2)
      } else {
        throw new Error('"stat" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const ExistsResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_4 = obj["czxid"]
      if (value_czxid_4 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_4 !== 'string') {
          if (value_czxid_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_4.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_4 instanceof RegExp) {
            json += asString(value_czxid_4.source)
          } else {
            json += asString(value_czxid_4.toString())
          }
        } else {
          json += asString(value_czxid_4)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_5 = obj["mzxid"]
      if (value_mzxid_5 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_5 !== 'string') {
          if (value_mzxid_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_5.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_5 instanceof RegExp) {
            json += asString(value_mzxid_5.source)
          } else {
            json += asString(value_mzxid_5.toString())
          }
        } else {
          json += asString(value_mzxid_5)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_6 = obj["pzxid"]
      if (value_pzxid_6 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_6 !== 'string') {
          if (value_pzxid_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_6.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_6 instanceof RegExp) {
            json += asString(value_pzxid_6.source)
          } else {
            json += asString(value_pzxid_6.toString())
          }
        } else {
          json += asString(value_pzxid_6)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_7 = obj["ctime"]
      if (value_ctime_7 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_7)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_8 = obj["mtime"]
      if (value_mtime_8 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_8)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_9 = obj["version"]
      if (value_version_9 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_9)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_10 = obj["cversion"]
      if (value_cversion_10 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_10)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_11 = obj["aversion"]
      if (value_aversion_11 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_11)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_12 = obj["dataLength"]
      if (value_dataLength_12 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_12)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_13 = obj["numChildren"]
      if (value_numChildren_13 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_13)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_14 = obj["mode"]
      if (value_mode_14 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_14 !== 'string') {
          if (value_mode_14 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_14 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_14.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_14 instanceof RegExp) {
            json += asString(value_mode_14.source)
          } else {
            json += asString(value_mode_14.toString())
          }
        } else {
          json += asString(value_mode_14)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_15 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_15 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_15 !== 'string') {
          if (value_ephemeralOwner_15 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_15 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_15.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_15 instanceof RegExp) {
            json += asString(value_ephemeralOwner_15.source)
          } else {
            json += asString(value_ephemeralOwner_15.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_15)
        }
        
      }

      const value_ttlMs_16 = obj["ttlMs"]
      if (value_ttlMs_16 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_16)
      }

      const value_expiresAt_17 = obj["expiresAt"]
      if (value_expiresAt_17 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_17)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/ExistsResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_exists_1 = obj["exists"]
      if (value_exists_1 !== undefined) {
        json += "{\"exists\":"
        json += asBoolean(value_exists_1)
      } else {
        throw new Error('"exists" is required!')
      }
      
      const value_stat_2 = obj["stat"]
      if (value_stat_2 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_2)
      }

      const value_watch_18 = obj["watch"]
      if (value_watch_18 !== undefined) {
        json += ",\"watch\":"
        json += asInteger(value_watch_18)
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const ChildrenResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_4 = obj["czxid"]
      if (value_czxid_4 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_4 !== 'string') {
          if (value_czxid_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_4.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_4 instanceof RegExp) {
            json += asString(value_czxid_4.source)
          } else {
            json += asString(value_czxid_4.toString())
          }
        } else {
          json += asString(value_czxid_4)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_5 = obj["mzxid"]
      if (value_mzxid_5 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_5 !== 'string') {
          if (value_mzxid_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_5.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_5 instanceof RegExp) {
            json += asString(value_mzxid_5.source)
          } else {
            json += asString(value_mzxid_5.toString())
          }
        } else {
          json += asString(value_mzxid_5)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_6 = obj["pzxid"]
      if (value_pzxid_6 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_6 !== 'string') {
          if (value_pzxid_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_6.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_6 instanceof RegExp) {
            json += asString(value_pzxid_6.source)
          } else {
            json += asString(value_pzxid_6.toString())
          }
        } else {
          json += asString(value_pzxid_6)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_7 = obj["ctime"]
      if (value_ctime_7 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_7)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_8 = obj["mtime"]
      if (value_mtime_8 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_8)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_9 = obj["version"]
      if (value_version_9 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_9)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_10 = obj["cversion"]
      if (value_cversion_10 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_10)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_11 = obj["aversion"]
      if (value_aversion_11 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_11)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_12 = obj["dataLength"]
      if (value_dataLength_12 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_12)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_13 = obj["numChildren"]
      if (value_numChildren_13 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_13)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_14 = obj["mode"]
      if (value_mode_14 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_14 !== 'string') {
          if (value_mode_14 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_14 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_14.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_14 instanceof RegExp) {
            json += asString(value_mode_14.source)
          } else {
            json += asString(value_mode_14.toString())
          }
        } else {
          json += asString(value_mode_14)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_15 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_15 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_15 !== 'string') {
          if (value_ephemeralOwner_15 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_15 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_15.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_15 instanceof RegExp) {
            json += asString(value_ephemeralOwner_15.source)
          } else {
            json += asString(value_ephemeralOwner_15.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_15)
        }
        
      }

      const value_ttlMs_16 = obj["ttlMs"]
      if (value_ttlMs_16 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_16)
      }

      const value_expiresAt_17 = obj["expiresAt"]
      if (value_expiresAt_17 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_17)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/Child"
      function anonymous3 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_name_20 = obj["name"]
      if (value_name_20 !== undefined) {
        json += "{\"name\":"
        
        if (typeof value_name_20 !== 'string') {
          if (value_name_20 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_name_20 instanceof Date) {
            json += JSON_STR_QUOTE + value_name_20.toISOString() + JSON_STR_QUOTE
          } else if (value_name_20 instanceof RegExp) {
            json += asString(value_name_20.source)
          } else {
            json += asString(value_name_20.toString())
          }
        } else {
          json += asString(value_name_20)
        }
        
      } else {
        throw new Error('"name" is required!')
      }
      
      const value_stat_21 = obj["stat"]
      if (value_stat_21 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_21)
      }

      const value_data_22 = obj["data"]
      if (value_data_22 !== undefined) {
        json += ",\"data\":"
        
        if (typeof value_data_22 !== 'string') {
          if (value_data_22 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_22 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_22.toISOString() + JSON_STR_QUOTE
          } else if (value_data_22 instanceof RegExp) {
            json += asString(value_data_22.source)
          } else {
            json += asString(value_data_22.toString())
          }
        } else {
          json += asString(value_data_22)
        }
        
      }

      const value_encoding_23 = obj["encoding"]
      if (value_encoding_23 !== undefined) {
        json += ",\"encoding\":"
        
        if (typeof value_encoding_23 !== 'string') {
          if (value_encoding_23 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_23 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_23.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_23 instanceof RegExp) {
            json += asString(value_encoding_23.source)
          } else {
            json += asString(value_encoding_23.toString())
          }
        } else {
          json += asString(value_encoding_23)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    

    function anonymous2 (obj) {
      // "openapi#/components/schemas/ChildrenResult/properties/children"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/ChildrenResult/properties/children' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous3(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous3(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/ChildrenResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_path_1 = obj["path"]
      if (value_path_1 !== undefined) {
        json += "{\"path\":"
        
        if (typeof value_path_1 !== 'string') {
          if (value_path_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_1.toISOString() + JSON_STR_QUOTE
          } else if (value_path_1 instanceof RegExp) {
            json += asString(value_path_1.source)
          } else {
            json += asString(value_path_1.toString())
          }
        } else {
          json += asString(value_path_1)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_stat_2 = obj["stat"]
      if (value_stat_2 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_2)
      } else {
        throw new Error('"stat" is required!')
      }
      
      const value_children_18 = obj["children"]
      if (value_children_18 !== undefined) {
        json += ",\"children\":"
        json += anonymous2(value_children_18)
      } else {
        throw new Error('"children" is required!')
      }
      
      const value_next_24 = obj["next"]
      if (value_next_24 !== undefined) {
        json += ",\"next\":"
        
        if (typeof value_next_24 !== 'string') {
          if (value_next_24 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_next_24 instanceof Date) {
            json += JSON_STR_QUOTE + value_next_24.toISOString() + JSON_STR_QUOTE
          } else if (value_next_24 instanceof RegExp) {
            json += asString(value_next_24.source)
          } else {
            json += asString(value_next_24.toString())
          }
        } else {
          json += asString(value_next_24)
        }
        
      }

      const value_watch_25 = obj["watch"]
      if (value_watch_25 !== undefined) {
        json += ",\"watch\":"
        json += asInteger(value_watch_25)
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const AclResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/AclEntry"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_perms_4 = obj["perms"]
      if (value_perms_4 !== undefined) {
        json += "{\"perms\":"
        
        if (typeof value_perms_4 !== 'string') {
          if (value_perms_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_perms_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_perms_4.toISOString() + JSON_STR_QUOTE
          } else if (value_perms_4 instanceof RegExp) {
            json += asString(value_perms_4.source)
          } else {
            json += asString(value_perms_4.toString())
          }
        } else {
          json += asString(value_perms_4)
        }
        
      } else {
        throw new Error('"perms" is required!')
      }
      
      const value_scheme_5 = obj["scheme"]
      if (value_scheme_5 !== undefined) {
        json += ",\"scheme\":"
        
        if (typeof value_scheme_5 !== 'string') {
          if (value_scheme_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_scheme_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_scheme_5.toISOString() + JSON_STR_QUOTE
          } else if (value_scheme_5 instanceof RegExp) {
            json += asString(value_scheme_5.source)
          } else {
            json += asString(value_scheme_5.toString())
          }
        } else {
          json += asString(value_scheme_5)
        }
        
      } else {
        throw new Error('"scheme" is required!')
      }
      
      const value_id_6 = obj["id"]
      if (value_id_6 !== undefined) {
        json += ",\"id\":"
        
        if (typeof value_id_6 !== 'string') {
          if (value_id_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_id_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_id_6.toISOString() + JSON_STR_QUOTE
          } else if (value_id_6 instanceof RegExp) {
            json += asString(value_id_6.source)
          } else {
            json += asString(value_id_6.toString())
          }
        } else {
          json += asString(value_id_6)
        }
        
      } else {
        throw new Error('"id" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    

    function anonymous1 (obj) {
      // "openapi#/components/schemas/Acl"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/Acl' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous2(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous2(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/Stat"
      function anonymous3 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_9 = obj["czxid"]
      if (value_czxid_9 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_9 !== 'string') {
          if (value_czxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_9 instanceof RegExp) {
            json += asString(value_czxid_9.source)
          } else {
            json += asString(value_czxid_9.toString())
          }
        } else {
          json += asString(value_czxid_9)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_10 = obj["mzxid"]
      if (value_mzxid_10 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_10 !== 'string') {
          if (value_mzxid_10 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_10 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_10.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_10 instanceof RegExp) {
            json += asString(value_mzxid_10.source)
          } else {
            json += asString(value_mzxid_10.toString())
          }
        } else {
          json += asString(value_mzxid_10)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_11 = obj["pzxid"]
      if (value_pzxid_11 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_11 !== 'string') {
          if (value_pzxid_11 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_11 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_11.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_11 instanceof RegExp) {
            json += asString(value_pzxid_11.source)
          } else {
            json += asString(value_pzxid_11.toString())
          }
        } else {
          json += asString(value_pzxid_11)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_12 = obj["ctime"]
      if (value_ctime_12 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_12)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_13 = obj["mtime"]
      if (value_mtime_13 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_13)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_14 = obj["version"]
      if (value_version_14 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_14)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_15 = obj["cversion"]
      if (value_cversion_15 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_15)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_16 = obj["aversion"]
      if (value_aversion_16 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_16)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_17 = obj["dataLength"]
      if (value_dataLength_17 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_17)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_18 = obj["numChildren"]
      if (value_numChildren_18 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_18)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_19 = obj["mode"]
      if (value_mode_19 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_19 !== 'string') {
          if (value_mode_19 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_19 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_19.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_19 instanceof RegExp) {
            json += asString(value_mode_19.source)
          } else {
            json += asString(value_mode_19.toString())
          }
        } else {
          json += asString(value_mode_19)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_20 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_20 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_20 !== 'string') {
          if (value_ephemeralOwner_20 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_20 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_20.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_20 instanceof RegExp) {
            json += asString(value_ephemeralOwner_20.source)
          } else {
            json += asString(value_ephemeralOwner_20.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_20)
        }
        
      }

      const value_ttlMs_21 = obj["ttlMs"]
      if (value_ttlMs_21 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_21)
      }

      const value_expiresAt_22 = obj["expiresAt"]
      if (value_expiresAt_22 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_22)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/AclResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_path_1 = obj["path"]
      if (value_path_1 !== undefined) {
        json += "{\"path\":"
        
        if (typeof value_path_1 !== 'string') {
          if (value_path_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_1.toISOString() + JSON_STR_QUOTE
          } else if (value_path_1 instanceof RegExp) {
            json += asString(value_path_1.source)
          } else {
            json += asString(value_path_1.toString())
          }
        } else {
          json += asString(value_path_1)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_acl_2 = obj["acl"]
      if (value_acl_2 !== undefined) {
        json += ",\"acl\":"
        json += anonymous1(value_acl_2)
      } else {
        throw new Error('"acl" is required!')
      }
      
      const value_stat_7 = obj["stat"]
      if (value_stat_7 !== undefined) {
        json += ",\"stat\":"
        json += anonymous3(value_stat_7)
      } else {
        throw new Error('"stat" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const QuotaResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/QuotaResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_path_1 = obj["path"]
      if (value_path_1 !== undefined) {
        json += "{\"path\":"
        
        if (typeof value_path_1 !== 'string') {
          if (value_path_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_1.toISOString() + JSON_STR_QUOTE
          } else if (value_path_1 instanceof RegExp) {
            json += asString(value_path_1.source)
          } else {
            json += asString(value_path_1.toString())
          }
        } else {
          json += asString(value_path_1)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_count_2 = obj["count"]
      if (value_count_2 !== undefined) {
        json += ",\"count\":"
        json += asInteger(value_count_2)
      } else {
        throw new Error('"count" is required!')
      }
      
      const value_bytes_3 = obj["bytes"]
      if (value_bytes_3 !== undefined) {
        json += ",\"bytes\":"
        json += asInteger(value_bytes_3)
      } else {
        throw new Error('"bytes" is required!')
      }
      
      const value_countLimit_4 = obj["countLimit"]
      if (value_countLimit_4 !== undefined) {
        json += ",\"countLimit\":"
        json += asInteger(value_countLimit_4)
      }

      const value_bytesLimit_5 = obj["bytesLimit"]
      if (value_bytesLimit_5 !== undefined) {
        json += ",\"bytesLimit\":"
        json += asInteger(value_bytesLimit_5)
      }

      const value_countSoftLimit_6 = obj["countSoftLimit"]
      if (value_countSoftLimit_6 !== undefined) {
        json += ",\"countSoftLimit\":"
        json += asInteger(value_countSoftLimit_6)
      }

      const value_bytesSoftLimit_7 = obj["bytesSoftLimit"]
      if (value_bytesSoftLimit_7 !== undefined) {
        json += ",\"bytesSoftLimit\":"
        json += asInteger(value_bytesSoftLimit_7)
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const TransactionResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous3 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_7 = obj["czxid"]
      if (value_czxid_7 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_7 !== 'string') {
          if (value_czxid_7 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_7 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_7.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_7 instanceof RegExp) {
            json += asString(value_czxid_7.source)
          } else {
            json += asString(value_czxid_7.toString())
          }
        } else {
          json += asString(value_czxid_7)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_8 = obj["mzxid"]
      if (value_mzxid_8 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_8 !== 'string') {
          if (value_mzxid_8 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_8 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_8.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_8 instanceof RegExp) {
            json += asString(value_mzxid_8.source)
          } else {
            json += asString(value_mzxid_8.toString())
          }
        } else {
          json += asString(value_mzxid_8)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_9 = obj["pzxid"]
      if (value_pzxid_9 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_9 !== 'string') {
          if (value_pzxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_9 instanceof RegExp) {
            json += asString(value_pzxid_9.source)
          } else {
            json += asString(value_pzxid_9.toString())
          }
        } else {
          json += asString(value_pzxid_9)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_10 = obj["ctime"]
      if (value_ctime_10 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_10)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_11 = obj["mtime"]
      if (value_mtime_11 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_11)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_12 = obj["version"]
      if (value_version_12 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_12)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_13 = obj["cversion"]
      if (value_cversion_13 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_13)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_14 = obj["aversion"]
      if (value_aversion_14 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_14)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_15 = obj["dataLength"]
      if (value_dataLength_15 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_15)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_16 = obj["numChildren"]
      if (value_numChildren_16 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_16)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_17 = obj["mode"]
      if (value_mode_17 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_17 !== 'string') {
          if (value_mode_17 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_17 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_17.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_17 instanceof RegExp) {
            json += asString(value_mode_17.source)
          } else {
            json += asString(value_mode_17.toString())
          }
        } else {
          json += asString(value_mode_17)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_18 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_18 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_18 !== 'string') {
          if (value_ephemeralOwner_18 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_18 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_18.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_18 instanceof RegExp) {
            json += asString(value_ephemeralOwner_18.source)
          } else {
            json += asString(value_ephemeralOwner_18.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_18)
        }
        
      }

      const value_ttlMs_19 = obj["ttlMs"]
      if (value_ttlMs_19 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_19)
      }

      const value_expiresAt_20 = obj["expiresAt"]
      if (value_expiresAt_20 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_20)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/TransactionOpResult"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_op_3 = obj["op"]
      if (value_op_3 !== undefined) {
        json += "{\"op\":"
        
        if (typeof value_op_3 !== 'string') {
          if (value_op_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_op_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_op_3.toISOString() + JSON_STR_QUOTE
          } else if (value_op_3 instanceof RegExp) {
            json += asString(value_op_3.source)
          } else {
            json += asString(value_op_3.toString())
          }
        } else {
          json += asString(value_op_3)
        }
        
      } else {
        throw new Error('"op" is required!')
      }
      
      const value_path_4 = obj["path"]
      if (value_path_4 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_4 !== 'string') {
          if (value_path_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_4.toISOString() + JSON_STR_QUOTE
          } else if (value_path_4 instanceof RegExp) {
            json += asString(value_path_4.source)
          } else {
            json += asString(value_path_4.toString())
          }
        } else {
          json += asString(value_path_4)
        }
        
      }

      const value_stat_5 = obj["stat"]
      if (value_stat_5 !== undefined) {
        json += ",\"stat\":"
        json += anonymous3(value_stat_5)
      }

return json + JSON_STR_END_OBJECT

      }
    

    function anonymous1 (obj) {
      // "openapi#/components/schemas/TransactionResult/properties/results"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/TransactionResult/properties/results' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous2(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous2(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/TransactionResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_results_1 = obj["results"]
      if (value_results_1 !== undefined) {
        json += "{\"results\":"
        json += anonymous1(value_results_1)
      } else {
        throw new Error('"results" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const BatchReadResult = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous3 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_9 = obj["czxid"]
      if (value_czxid_9 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_9 !== 'string') {
          if (value_czxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_9 instanceof RegExp) {
            json += asString(value_czxid_9.source)
          } else {
            json += asString(value_czxid_9.toString())
          }
        } else {
          json += asString(value_czxid_9)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_10 = obj["mzxid"]
      if (value_mzxid_10 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_10 !== 'string') {
          if (value_mzxid_10 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_10 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_10.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_10 instanceof RegExp) {
            json += asString(value_mzxid_10.source)
          } else {
            json += asString(value_mzxid_10.toString())
          }
        } else {
          json += asString(value_mzxid_10)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_11 = obj["pzxid"]
      if (value_pzxid_11 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_11 !== 'string') {
          if (value_pzxid_11 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_11 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_11.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_11 instanceof RegExp) {
            json += asString(value_pzxid_11.source)
          } else {
            json += asString(value_pzxid_11.toString())
          }
        } else {
          json += asString(value_pzxid_11)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_12 = obj["ctime"]
      if (value_ctime_12 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_12)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_13 = obj["mtime"]
      if (value_mtime_13 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_13)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_14 = obj["version"]
      if (value_version_14 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_14)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_15 = obj["cversion"]
      if (value_cversion_15 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_15)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_16 = obj["aversion"]
      if (value_aversion_16 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_16)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_17 = obj["dataLength"]
      if (value_dataLength_17 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_17)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_18 = obj["numChildren"]
      if (value_numChildren_18 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_18)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_19 = obj["mode"]
      if (value_mode_19 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_19 !== 'string') {
          if (value_mode_19 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_19 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_19.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_19 instanceof RegExp) {
            json += asString(value_mode_19.source)
          } else {
            json += asString(value_mode_19.toString())
          }
        } else {
          json += asString(value_mode_19)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_20 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_20 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_20 !== 'string') {
          if (value_ephemeralOwner_20 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_20 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_20.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_20 instanceof RegExp) {
            json += asString(value_ephemeralOwner_20.source)
          } else {
            json += asString(value_ephemeralOwner_20.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_20)
        }
        
      }

      const value_ttlMs_21 = obj["ttlMs"]
      if (value_ttlMs_21 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_21)
      }

      const value_expiresAt_22 = obj["expiresAt"]
      if (value_expiresAt_22 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_22)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/Child"
      function anonymous5 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_name_25 = obj["name"]
      if (value_name_25 !== undefined) {
        json += "{\"name\":"
        
        if (typeof value_name_25 !== 'string') {
          if (value_name_25 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_name_25 instanceof Date) {
            json += JSON_STR_QUOTE + value_name_25.toISOString() + JSON_STR_QUOTE
          } else if (value_name_25 instanceof RegExp) {
            json += asString(value_name_25.source)
          } else {
            json += asString(value_name_25.toString())
          }
        } else {
          json += asString(value_name_25)
        }
        
      } else {
        throw new Error('"name" is required!')
      }
      
      const value_stat_26 = obj["stat"]
      if (value_stat_26 !== undefined) {
        json += ",\"stat\":"
        json += anonymous3(value_stat_26)
      }

      const value_data_27 = obj["data"]
      if (value_data_27 !== undefined) {
        json += ",\"data\":"
        
        if (typeof value_data_27 !== 'string') {
          if (value_data_27 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_27 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_27.toISOString() + JSON_STR_QUOTE
          } else if (value_data_27 instanceof RegExp) {
            json += asString(value_data_27.source)
          } else {
            json += asString(value_data_27.toString())
          }
        } else {
          json += asString(value_data_27)
        }
        
      }

      const value_encoding_28 = obj["encoding"]
      if (value_encoding_28 !== undefined) {
        json += ",\"encoding\":"
        
        if (typeof value_encoding_28 !== 'string') {
          if (value_encoding_28 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_28 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_28.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_28 instanceof RegExp) {
            json += asString(value_encoding_28.source)
          } else {
            json += asString(value_encoding_28.toString())
          }
        } else {
          json += asString(value_encoding_28)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    

    function anonymous4 (obj) {
      // "openapi#/components/schemas/ReadResult/properties/children"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/ReadResult/properties/children' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous5(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous5(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/AclEntry"
      function anonymous7 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_perms_32 = obj["perms"]
      if (value_perms_32 !== undefined) {
        json += "{\"perms\":"
        
        if (typeof value_perms_32 !== 'string') {
          if (value_perms_32 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_perms_32 instanceof Date) {
            json += JSON_STR_QUOTE + value_perms_32.toISOString() + JSON_STR_QUOTE
          } else if (value_perms_32 instanceof RegExp) {
            json += asString(value_perms_32.source)
          } else {
            json += asString(value_perms_32.toString())
          }
        } else {
          json += asString(value_perms_32)
        }
        
      } else {
        throw new Error('"perms" is required!')
      }
      
      const value_scheme_33 = obj["scheme"]
      if (value_scheme_33 !== undefined) {
        json += ",\"scheme\":"
        
        if (typeof value_scheme_33 !== 'string') {
          if (value_scheme_33 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_scheme_33 instanceof Date) {
            json += JSON_STR_QUOTE + value_scheme_33.toISOString() + JSON_STR_QUOTE
          } else if (value_scheme_33 instanceof RegExp) {
            json += asString(value_scheme_33.source)
          } else {
            json += asString(value_scheme_33.toString())
          }
        } else {
          json += asString(value_scheme_33)
        }
        
      } else {
        throw new Error('"scheme" is required!')
      }
      
      const value_id_34 = obj["id"]
      if (value_id_34 !== undefined) {
        json += ",\"id\":"
        
        if (typeof value_id_34 !== 'string') {
          if (value_id_34 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_id_34 instanceof Date) {
            json += JSON_STR_QUOTE + value_id_34.toISOString() + JSON_STR_QUOTE
          } else if (value_id_34 instanceof RegExp) {
            json += asString(value_id_34.source)
          } else {
            json += asString(value_id_34.toString())
          }
        } else {
          json += asString(value_id_34)
        }
        
      } else {
        throw new Error('"id" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    

    function anonymous6 (obj) {
      // "openapi#/components/schemas/Acl"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/Acl' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous7(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous7(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/Limit"
      function anonymous9 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_name_46 = obj["name"]
      if (value_name_46 !== undefined) {
        json += "{\"name\":"
        
        if (typeof value_name_46 !== 'string') {
          if (value_name_46 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_name_46 instanceof Date) {
            json += JSON_STR_QUOTE + value_name_46.toISOString() + JSON_STR_QUOTE
          } else if (value_name_46 instanceof RegExp) {
            json += asString(value_name_46.source)
          } else {
            json += asString(value_name_46.toString())
          }
        } else {
          json += asString(value_name_46)
        }
        
      } else {
        throw new Error('"name" is required!')
      }
      
      const value_value_47 = obj["value"]
      if (value_value_47 !== undefined) {
        json += ",\"value\":"
        json += asInteger(value_value_47)
      } else {
        throw new Error('"value" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/OperationError"
      function anonymous8 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_code_37 = obj["code"]
      if (value_code_37 !== undefined) {
        json += "{\"code\":"
        
        if (typeof value_code_37 !== 'string') {
          if (value_code_37 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_code_37 instanceof Date) {
            json += JSON_STR_QUOTE + value_code_37.toISOString() + JSON_STR_QUOTE
          } else if (value_code_37 instanceof RegExp) {
            json += asString(value_code_37.source)
          } else {
            json += asString(value_code_37.toString())
          }
        } else {
          json += asString(value_code_37)
        }
        
      } else {
        throw new Error('"code" is required!')
      }
      
      const value_outcome_38 = obj["outcome"]
      if (value_outcome_38 !== undefined) {
        json += ",\"outcome\":"
        
        if (typeof value_outcome_38 !== 'string') {
          if (value_outcome_38 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_outcome_38 instanceof Date) {
            json += JSON_STR_QUOTE + value_outcome_38.toISOString() + JSON_STR_QUOTE
          } else if (value_outcome_38 instanceof RegExp) {
            json += asString(value_outcome_38.source)
          } else {
            json += asString(value_outcome_38.toString())
          }
        } else {
          json += asString(value_outcome_38)
        }
        
      } else {
        throw new Error('"outcome" is required!')
      }
      
      const value_title_39 = obj["title"]
      if (value_title_39 !== undefined) {
        json += ",\"title\":"
        
        if (typeof value_title_39 !== 'string') {
          if (value_title_39 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_title_39 instanceof Date) {
            json += JSON_STR_QUOTE + value_title_39.toISOString() + JSON_STR_QUOTE
          } else if (value_title_39 instanceof RegExp) {
            json += asString(value_title_39.source)
          } else {
            json += asString(value_title_39.toString())
          }
        } else {
          json += asString(value_title_39)
        }
        
      } else {
        throw new Error('"title" is required!')
      }
      
      const value_detail_40 = obj["detail"]
      if (value_detail_40 !== undefined) {
        json += ",\"detail\":"
        
        if (typeof value_detail_40 !== 'string') {
          if (value_detail_40 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_detail_40 instanceof Date) {
            json += JSON_STR_QUOTE + value_detail_40.toISOString() + JSON_STR_QUOTE
          } else if (value_detail_40 instanceof RegExp) {
            json += asString(value_detail_40.source)
          } else {
            json += asString(value_detail_40.toString())
          }
        } else {
          json += asString(value_detail_40)
        }
        
      }

      const value_path_41 = obj["path"]
      if (value_path_41 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_41 !== 'string') {
          if (value_path_41 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_41 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_41.toISOString() + JSON_STR_QUOTE
          } else if (value_path_41 instanceof RegExp) {
            json += asString(value_path_41.source)
          } else {
            json += asString(value_path_41.toString())
          }
        } else {
          json += asString(value_path_41)
        }
        
      }

      const value_index_42 = obj["index"]
      if (value_index_42 !== undefined) {
        json += ",\"index\":"
        json += asInteger(value_index_42)
      }

      const value_stat_43 = obj["stat"]
      if (value_stat_43 !== undefined) {
        json += ",\"stat\":"
        json += anonymous3(value_stat_43)
      }

      const value_limit_44 = obj["limit"]
      if (value_limit_44 !== undefined) {
        json += ",\"limit\":"
        json += anonymous9(value_limit_44)
      }

      const value_quota_48 = obj["quota"]
      if (value_quota_48 !== undefined) {
        json += ",\"quota\":"
        
        if (typeof value_quota_48 !== 'string') {
          if (value_quota_48 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_quota_48 instanceof Date) {
            json += JSON_STR_QUOTE + value_quota_48.toISOString() + JSON_STR_QUOTE
          } else if (value_quota_48 instanceof RegExp) {
            json += asString(value_quota_48.source)
          } else {
            json += asString(value_quota_48.toString())
          }
        } else {
          json += asString(value_quota_48)
        }
        
      }

      const value_retryAfter_49 = obj["retryAfter"]
      if (value_retryAfter_49 !== undefined) {
        json += ",\"retryAfter\":"
        json += asInteger(value_retryAfter_49)
      }

      const value_oldestZxid_50 = obj["oldestZxid"]
      if (value_oldestZxid_50 !== undefined) {
        json += ",\"oldestZxid\":"
        
        if (typeof value_oldestZxid_50 !== 'string') {
          if (value_oldestZxid_50 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_oldestZxid_50 instanceof Date) {
            json += JSON_STR_QUOTE + value_oldestZxid_50.toISOString() + JSON_STR_QUOTE
          } else if (value_oldestZxid_50 instanceof RegExp) {
            json += asString(value_oldestZxid_50.source)
          } else {
            json += asString(value_oldestZxid_50.toString())
          }
        } else {
          json += asString(value_oldestZxid_50)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/ReadResult"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        let addComma_2 = false

          const value_path_3 = obj["path"]
          if (value_path_3 !== undefined) {
            json += addComma_2 ? ",\"path\":" : ((addComma_2 = true), "{\"path\":")
            
        if (typeof value_path_3 !== 'string') {
          if (value_path_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_3.toISOString() + JSON_STR_QUOTE
          } else if (value_path_3 instanceof RegExp) {
            json += asString(value_path_3.source)
          } else {
            json += asString(value_path_3.toString())
          }
        } else {
          json += asString(value_path_3)
        }
        
          }

          const value_exists_4 = obj["exists"]
          if (value_exists_4 !== undefined) {
            json += addComma_2 ? ",\"exists\":" : ((addComma_2 = true), "{\"exists\":")
            json += asBoolean(value_exists_4)
          }

          const value_data_5 = obj["data"]
          if (value_data_5 !== undefined) {
            json += addComma_2 ? ",\"data\":" : ((addComma_2 = true), "{\"data\":")
            
        if (typeof value_data_5 !== 'string') {
          if (value_data_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_5.toISOString() + JSON_STR_QUOTE
          } else if (value_data_5 instanceof RegExp) {
            json += asString(value_data_5.source)
          } else {
            json += asString(value_data_5.toString())
          }
        } else {
          json += asString(value_data_5)
        }
        
          }

          const value_encoding_6 = obj["encoding"]
          if (value_encoding_6 !== undefined) {
            json += addComma_2 ? ",\"encoding\":" : ((addComma_2 = true), "{\"encoding\":")
            
        if (typeof value_encoding_6 !== 'string') {
          if (value_encoding_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_6.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_6 instanceof RegExp) {
            json += asString(value_encoding_6.source)
          } else {
            json += asString(value_encoding_6.toString())
          }
        } else {
          json += asString(value_encoding_6)
        }
        
          }

          const value_stat_7 = obj["stat"]
          if (value_stat_7 !== undefined) {
            json += addComma_2 ? ",\"stat\":" : ((addComma_2 = true), "{\"stat\":")
            json += anonymous3(value_stat_7)
          }

          const value_children_23 = obj["children"]
          if (value_children_23 !== undefined) {
            json += addComma_2 ? ",\"children\":" : ((addComma_2 = true), "{\"children\":")
            json += anonymous4(value_children_23)
          }

          const value_next_29 = obj["next"]
          if (value_next_29 !== undefined) {
            json += addComma_2 ? ",\"next\":" : ((addComma_2 = true), "{\"next\":")
            
        if (typeof value_next_29 !== 'string') {
          if (value_next_29 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_next_29 instanceof Date) {
            json += JSON_STR_QUOTE + value_next_29.toISOString() + JSON_STR_QUOTE
          } else if (value_next_29 instanceof RegExp) {
            json += asString(value_next_29.source)
          } else {
            json += asString(value_next_29.toString())
          }
        } else {
          json += asString(value_next_29)
        }
        
          }

          const value_acl_30 = obj["acl"]
          if (value_acl_30 !== undefined) {
            json += addComma_2 ? ",\"acl\":" : ((addComma_2 = true), "{\"acl\":")
            json += anonymous6(value_acl_30)
          }

          const value_error_35 = obj["error"]
          if (value_error_35 !== undefined) {
            json += addComma_2 ? ",\"error\":" : ((addComma_2 = true), "{\"error\":")
            json += anonymous8(value_error_35)
          }
if (!addComma_2) json += JSON_STR_BEGIN_OBJECT

return json + JSON_STR_END_OBJECT

      }
    

    function anonymous1 (obj) {
      // "openapi#/components/schemas/BatchReadResult/properties/results"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/BatchReadResult/properties/results' does not match schema definition.")
    }
    const arrayLength = obj.length
  
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += anonymous2(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += anonymous2(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/BatchReadResult"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_results_1 = obj["results"]
      if (value_results_1 !== undefined) {
        json += "{\"results\":"
        json += anonymous1(value_results_1)
      } else {
        throw new Error('"results" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const TreeEvent = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_6 = obj["czxid"]
      if (value_czxid_6 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_6 !== 'string') {
          if (value_czxid_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_6.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_6 instanceof RegExp) {
            json += asString(value_czxid_6.source)
          } else {
            json += asString(value_czxid_6.toString())
          }
        } else {
          json += asString(value_czxid_6)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_7 = obj["mzxid"]
      if (value_mzxid_7 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_7 !== 'string') {
          if (value_mzxid_7 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_7 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_7.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_7 instanceof RegExp) {
            json += asString(value_mzxid_7.source)
          } else {
            json += asString(value_mzxid_7.toString())
          }
        } else {
          json += asString(value_mzxid_7)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_8 = obj["pzxid"]
      if (value_pzxid_8 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_8 !== 'string') {
          if (value_pzxid_8 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_8 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_8.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_8 instanceof RegExp) {
            json += asString(value_pzxid_8.source)
          } else {
            json += asString(value_pzxid_8.toString())
          }
        } else {
          json += asString(value_pzxid_8)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_9 = obj["ctime"]
      if (value_ctime_9 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_9)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_10 = obj["mtime"]
      if (value_mtime_10 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_10)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_11 = obj["version"]
      if (value_version_11 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_11)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_12 = obj["cversion"]
      if (value_cversion_12 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_12)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_13 = obj["aversion"]
      if (value_aversion_13 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_13)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_14 = obj["dataLength"]
      if (value_dataLength_14 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_14)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_15 = obj["numChildren"]
      if (value_numChildren_15 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_15)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_16 = obj["mode"]
      if (value_mode_16 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_16 !== 'string') {
          if (value_mode_16 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_16 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_16.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_16 instanceof RegExp) {
            json += asString(value_mode_16.source)
          } else {
            json += asString(value_mode_16.toString())
          }
        } else {
          json += asString(value_mode_16)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_17 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_17 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_17 !== 'string') {
          if (value_ephemeralOwner_17 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_17 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_17.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_17 instanceof RegExp) {
            json += asString(value_ephemeralOwner_17.source)
          } else {
            json += asString(value_ephemeralOwner_17.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_17)
        }
        
      }

      const value_ttlMs_18 = obj["ttlMs"]
      if (value_ttlMs_18 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_18)
      }

      const value_expiresAt_19 = obj["expiresAt"]
      if (value_expiresAt_19 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_19)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/TreeEvent"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_event_1 = obj["event"]
      if (value_event_1 !== undefined) {
        json += "{\"event\":"
        
        if (typeof value_event_1 !== 'string') {
          if (value_event_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_event_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_event_1.toISOString() + JSON_STR_QUOTE
          } else if (value_event_1 instanceof RegExp) {
            json += asString(value_event_1.source)
          } else {
            json += asString(value_event_1.toString())
          }
        } else {
          json += asString(value_event_1)
        }
        
      } else {
        throw new Error('"event" is required!')
      }
      
      const value_path_2 = obj["path"]
      if (value_path_2 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_2 !== 'string') {
          if (value_path_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_2.toISOString() + JSON_STR_QUOTE
          } else if (value_path_2 instanceof RegExp) {
            json += asString(value_path_2.source)
          } else {
            json += asString(value_path_2.toString())
          }
        } else {
          json += asString(value_path_2)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_zxid_3 = obj["zxid"]
      if (value_zxid_3 !== undefined) {
        json += ",\"zxid\":"
        
        if (typeof value_zxid_3 !== 'string') {
          if (value_zxid_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_zxid_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_zxid_3.toISOString() + JSON_STR_QUOTE
          } else if (value_zxid_3 instanceof RegExp) {
            json += asString(value_zxid_3.source)
          } else {
            json += asString(value_zxid_3.toString())
          }
        } else {
          json += asString(value_zxid_3)
        }
        
      } else {
        throw new Error('"zxid" is required!')
      }
      
      const value_stat_4 = obj["stat"]
      if (value_stat_4 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_4)
      }

      const value_data_20 = obj["data"]
      if (value_data_20 !== undefined) {
        json += ",\"data\":"
        
        if (typeof value_data_20 !== 'string') {
          if (value_data_20 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_20 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_20.toISOString() + JSON_STR_QUOTE
          } else if (value_data_20 instanceof RegExp) {
            json += asString(value_data_20.source)
          } else {
            json += asString(value_data_20.toString())
          }
        } else {
          json += asString(value_data_20)
        }
        
      }

      const value_encoding_21 = obj["encoding"]
      if (value_encoding_21 !== undefined) {
        json += ",\"encoding\":"
        
        if (typeof value_encoding_21 !== 'string') {
          if (value_encoding_21 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_21 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_21.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_21 instanceof RegExp) {
            json += asString(value_encoding_21.source)
          } else {
            json += asString(value_encoding_21.toString())
          }
        } else {
          json += asString(value_encoding_21)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const EventFrame = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
    function anonymous1 (obj) {
      // "openapi#/components/schemas/EventFrame/properties/watches"
      let json = ''
  
    if (obj === null) return JSON_STR_EMPTY_ARRAY
    if (!Array.isArray(obj)) {
      throw new TypeError("The value of 'openapi#/components/schemas/EventFrame/properties/watches' does not match schema definition.")
    }
    const arrayLength = obj.length
  
        // Copying small arrays costs more than the existing loop.
        if (typeof arrayLength === 'number' && arrayLength >= 512 && Number.isInteger(arrayLength) && arrayLength <= 0xffffffff) {
          const copy = new Array(arrayLength)
          // V8's side-effect-free JSON.stringify fast path (V8 >= 13.8) requires
          // the standard Array.prototype; a null prototype halves its throughput.
          // Only detach the prototype when a toJSON hook would otherwise be called.
          if (Array.prototype.toJSON !== undefined) Object.setPrototypeOf(copy, null)
          for (let i = 0; i < arrayLength; i++) {
            const v = obj[i]
            if (!(Number.isInteger(v))) {
              // Serialize the captured prefix, then resume at the first miss.
              // Never reread getters or read ahead of an item's coercion.
              copy.length = i
              json = JSON.stringify(copy).slice(0, -1)
              if (i > 0) json += JSON_STR_COMMA
              json += asInteger(v)
              for (i++; i < arrayLength; i++) {
                json += JSON_STR_COMMA
                const v = obj[i]
                json += asInteger(v)
              }
              return json + JSON_STR_END_ARRAY
            }
            copy[i] = v
          }
          return JSON.stringify(copy)
        }
      
    json += JSON_STR_BEGIN_ARRAY
  
      if (arrayLength > 0) {
        const value = obj[0]
        json += asInteger(value)
        for (let i = 1; i < arrayLength; i++) {
          json += JSON_STR_COMMA
          const value = obj[i]
          json += asInteger(value)
        }
      }
      return json + JSON_STR_END_ARRAY
    }

      // "openapi#/components/schemas/Stat"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_7 = obj["czxid"]
      if (value_czxid_7 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_7 !== 'string') {
          if (value_czxid_7 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_7 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_7.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_7 instanceof RegExp) {
            json += asString(value_czxid_7.source)
          } else {
            json += asString(value_czxid_7.toString())
          }
        } else {
          json += asString(value_czxid_7)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_8 = obj["mzxid"]
      if (value_mzxid_8 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_8 !== 'string') {
          if (value_mzxid_8 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_8 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_8.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_8 instanceof RegExp) {
            json += asString(value_mzxid_8.source)
          } else {
            json += asString(value_mzxid_8.toString())
          }
        } else {
          json += asString(value_mzxid_8)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_9 = obj["pzxid"]
      if (value_pzxid_9 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_9 !== 'string') {
          if (value_pzxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_9 instanceof RegExp) {
            json += asString(value_pzxid_9.source)
          } else {
            json += asString(value_pzxid_9.toString())
          }
        } else {
          json += asString(value_pzxid_9)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_10 = obj["ctime"]
      if (value_ctime_10 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_10)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_11 = obj["mtime"]
      if (value_mtime_11 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_11)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_12 = obj["version"]
      if (value_version_12 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_12)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_13 = obj["cversion"]
      if (value_cversion_13 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_13)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_14 = obj["aversion"]
      if (value_aversion_14 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_14)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_15 = obj["dataLength"]
      if (value_dataLength_15 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_15)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_16 = obj["numChildren"]
      if (value_numChildren_16 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_16)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_17 = obj["mode"]
      if (value_mode_17 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_17 !== 'string') {
          if (value_mode_17 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_17 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_17.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_17 instanceof RegExp) {
            json += asString(value_mode_17.source)
          } else {
            json += asString(value_mode_17.toString())
          }
        } else {
          json += asString(value_mode_17)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_18 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_18 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_18 !== 'string') {
          if (value_ephemeralOwner_18 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_18 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_18.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_18 instanceof RegExp) {
            json += asString(value_ephemeralOwner_18.source)
          } else {
            json += asString(value_ephemeralOwner_18.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_18)
        }
        
      }

      const value_ttlMs_19 = obj["ttlMs"]
      if (value_ttlMs_19 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_19)
      }

      const value_expiresAt_20 = obj["expiresAt"]
      if (value_expiresAt_20 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_20)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/EventFrame"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_event_1 = obj["event"]
      if (value_event_1 !== undefined) {
        json += "{\"event\":"
        
        if (typeof value_event_1 !== 'string') {
          if (value_event_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_event_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_event_1.toISOString() + JSON_STR_QUOTE
          } else if (value_event_1 instanceof RegExp) {
            json += asString(value_event_1.source)
          } else {
            json += asString(value_event_1.toString())
          }
        } else {
          json += asString(value_event_1)
        }
        
      } else {
        throw new Error('"event" is required!')
      }
      
      const value_path_2 = obj["path"]
      if (value_path_2 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_2 !== 'string') {
          if (value_path_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_2.toISOString() + JSON_STR_QUOTE
          } else if (value_path_2 instanceof RegExp) {
            json += asString(value_path_2.source)
          } else {
            json += asString(value_path_2.toString())
          }
        } else {
          json += asString(value_path_2)
        }
        
      } else {
        throw new Error('"path" is required!')
      }
      
      const value_zxid_3 = obj["zxid"]
      if (value_zxid_3 !== undefined) {
        json += ",\"zxid\":"
        
        if (typeof value_zxid_3 !== 'string') {
          if (value_zxid_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_zxid_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_zxid_3.toISOString() + JSON_STR_QUOTE
          } else if (value_zxid_3 instanceof RegExp) {
            json += asString(value_zxid_3.source)
          } else {
            json += asString(value_zxid_3.toString())
          }
        } else {
          json += asString(value_zxid_3)
        }
        
      } else {
        throw new Error('"zxid" is required!')
      }
      
      const value_watches_4 = obj["watches"]
      if (value_watches_4 !== undefined) {
        json += ",\"watches\":"
        json += anonymous1(value_watches_4)
      } else {
        throw new Error('"watches" is required!')
      }
      
      const value_stat_5 = obj["stat"]
      if (value_stat_5 !== undefined) {
        json += ",\"stat\":"
        json += anonymous2(value_stat_5)
      }

      const value_data_21 = obj["data"]
      if (value_data_21 !== undefined) {
        json += ",\"data\":"
        
        if (typeof value_data_21 !== 'string') {
          if (value_data_21 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_data_21 instanceof Date) {
            json += JSON_STR_QUOTE + value_data_21.toISOString() + JSON_STR_QUOTE
          } else if (value_data_21 instanceof RegExp) {
            json += asString(value_data_21.source)
          } else {
            json += asString(value_data_21.toString())
          }
        } else {
          json += asString(value_data_21)
        }
        
      }

      const value_encoding_22 = obj["encoding"]
      if (value_encoding_22 !== undefined) {
        json += ",\"encoding\":"
        
        if (typeof value_encoding_22 !== 'string') {
          if (value_encoding_22 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_encoding_22 instanceof Date) {
            json += JSON_STR_QUOTE + value_encoding_22.toISOString() + JSON_STR_QUOTE
          } else if (value_encoding_22 instanceof RegExp) {
            json += asString(value_encoding_22.source)
          } else {
            json += asString(value_encoding_22.toString())
          }
        } else {
          json += asString(value_encoding_22)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const Problem = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_13 = obj["czxid"]
      if (value_czxid_13 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_13 !== 'string') {
          if (value_czxid_13 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_13 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_13.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_13 instanceof RegExp) {
            json += asString(value_czxid_13.source)
          } else {
            json += asString(value_czxid_13.toString())
          }
        } else {
          json += asString(value_czxid_13)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_14 = obj["mzxid"]
      if (value_mzxid_14 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_14 !== 'string') {
          if (value_mzxid_14 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_14 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_14.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_14 instanceof RegExp) {
            json += asString(value_mzxid_14.source)
          } else {
            json += asString(value_mzxid_14.toString())
          }
        } else {
          json += asString(value_mzxid_14)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_15 = obj["pzxid"]
      if (value_pzxid_15 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_15 !== 'string') {
          if (value_pzxid_15 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_15 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_15.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_15 instanceof RegExp) {
            json += asString(value_pzxid_15.source)
          } else {
            json += asString(value_pzxid_15.toString())
          }
        } else {
          json += asString(value_pzxid_15)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_16 = obj["ctime"]
      if (value_ctime_16 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_16)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_17 = obj["mtime"]
      if (value_mtime_17 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_17)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_18 = obj["version"]
      if (value_version_18 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_18)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_19 = obj["cversion"]
      if (value_cversion_19 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_19)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_20 = obj["aversion"]
      if (value_aversion_20 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_20)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_21 = obj["dataLength"]
      if (value_dataLength_21 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_21)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_22 = obj["numChildren"]
      if (value_numChildren_22 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_22)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_23 = obj["mode"]
      if (value_mode_23 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_23 !== 'string') {
          if (value_mode_23 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_23 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_23.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_23 instanceof RegExp) {
            json += asString(value_mode_23.source)
          } else {
            json += asString(value_mode_23.toString())
          }
        } else {
          json += asString(value_mode_23)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_24 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_24 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_24 !== 'string') {
          if (value_ephemeralOwner_24 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_24 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_24.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_24 instanceof RegExp) {
            json += asString(value_ephemeralOwner_24.source)
          } else {
            json += asString(value_ephemeralOwner_24.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_24)
        }
        
      }

      const value_ttlMs_25 = obj["ttlMs"]
      if (value_ttlMs_25 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_25)
      }

      const value_expiresAt_26 = obj["expiresAt"]
      if (value_expiresAt_26 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_26)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/Limit"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_name_29 = obj["name"]
      if (value_name_29 !== undefined) {
        json += "{\"name\":"
        
        if (typeof value_name_29 !== 'string') {
          if (value_name_29 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_name_29 instanceof Date) {
            json += JSON_STR_QUOTE + value_name_29.toISOString() + JSON_STR_QUOTE
          } else if (value_name_29 instanceof RegExp) {
            json += asString(value_name_29.source)
          } else {
            json += asString(value_name_29.toString())
          }
        } else {
          json += asString(value_name_29)
        }
        
      } else {
        throw new Error('"name" is required!')
      }
      
      const value_value_30 = obj["value"]
      if (value_value_30 !== undefined) {
        json += ",\"value\":"
        json += asInteger(value_value_30)
      } else {
        throw new Error('"value" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/Problem"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_type_1 = obj["type"]
      if (value_type_1 !== undefined) {
        json += "{\"type\":"
        
        if (typeof value_type_1 !== 'string') {
          if (value_type_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_type_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_type_1.toISOString() + JSON_STR_QUOTE
          } else if (value_type_1 instanceof RegExp) {
            json += asString(value_type_1.source)
          } else {
            json += asString(value_type_1.toString())
          }
        } else {
          json += asString(value_type_1)
        }
        
      } else {
        throw new Error('"type" is required!')
      }
      
      const value_title_2 = obj["title"]
      if (value_title_2 !== undefined) {
        json += ",\"title\":"
        
        if (typeof value_title_2 !== 'string') {
          if (value_title_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_title_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_title_2.toISOString() + JSON_STR_QUOTE
          } else if (value_title_2 instanceof RegExp) {
            json += asString(value_title_2.source)
          } else {
            json += asString(value_title_2.toString())
          }
        } else {
          json += asString(value_title_2)
        }
        
      } else {
        throw new Error('"title" is required!')
      }
      
      const value_status_3 = obj["status"]
      if (value_status_3 !== undefined) {
        json += ",\"status\":"
        json += asInteger(value_status_3)
      } else {
        throw new Error('"status" is required!')
      }
      
      const value_code_4 = obj["code"]
      if (value_code_4 !== undefined) {
        json += ",\"code\":"
        
        if (typeof value_code_4 !== 'string') {
          if (value_code_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_code_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_code_4.toISOString() + JSON_STR_QUOTE
          } else if (value_code_4 instanceof RegExp) {
            json += asString(value_code_4.source)
          } else {
            json += asString(value_code_4.toString())
          }
        } else {
          json += asString(value_code_4)
        }
        
      } else {
        throw new Error('"code" is required!')
      }
      
      const value_outcome_5 = obj["outcome"]
      if (value_outcome_5 !== undefined) {
        json += ",\"outcome\":"
        
        if (typeof value_outcome_5 !== 'string') {
          if (value_outcome_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_outcome_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_outcome_5.toISOString() + JSON_STR_QUOTE
          } else if (value_outcome_5 instanceof RegExp) {
            json += asString(value_outcome_5.source)
          } else {
            json += asString(value_outcome_5.toString())
          }
        } else {
          json += asString(value_outcome_5)
        }
        
      } else {
        throw new Error('"outcome" is required!')
      }
      
      const value_detail_6 = obj["detail"]
      if (value_detail_6 !== undefined) {
        json += ",\"detail\":"
        
        if (typeof value_detail_6 !== 'string') {
          if (value_detail_6 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_detail_6 instanceof Date) {
            json += JSON_STR_QUOTE + value_detail_6.toISOString() + JSON_STR_QUOTE
          } else if (value_detail_6 instanceof RegExp) {
            json += asString(value_detail_6.source)
          } else {
            json += asString(value_detail_6.toString())
          }
        } else {
          json += asString(value_detail_6)
        }
        
      }

      const value_instance_7 = obj["instance"]
      if (value_instance_7 !== undefined) {
        json += ",\"instance\":"
        
        if (typeof value_instance_7 !== 'string') {
          if (value_instance_7 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_instance_7 instanceof Date) {
            json += JSON_STR_QUOTE + value_instance_7.toISOString() + JSON_STR_QUOTE
          } else if (value_instance_7 instanceof RegExp) {
            json += asString(value_instance_7.source)
          } else {
            json += asString(value_instance_7.toString())
          }
        } else {
          json += asString(value_instance_7)
        }
        
      }

      const value_path_8 = obj["path"]
      if (value_path_8 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_8 !== 'string') {
          if (value_path_8 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_8 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_8.toISOString() + JSON_STR_QUOTE
          } else if (value_path_8 instanceof RegExp) {
            json += asString(value_path_8.source)
          } else {
            json += asString(value_path_8.toString())
          }
        } else {
          json += asString(value_path_8)
        }
        
      }

      const value_zxid_9 = obj["zxid"]
      if (value_zxid_9 !== undefined) {
        json += ",\"zxid\":"
        
        if (typeof value_zxid_9 !== 'string') {
          if (value_zxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_zxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_zxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_zxid_9 instanceof RegExp) {
            json += asString(value_zxid_9.source)
          } else {
            json += asString(value_zxid_9.toString())
          }
        } else {
          json += asString(value_zxid_9)
        }
        
      }

      const value_index_10 = obj["index"]
      if (value_index_10 !== undefined) {
        json += ",\"index\":"
        json += asInteger(value_index_10)
      }

      const value_stat_11 = obj["stat"]
      if (value_stat_11 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_11)
      }

      const value_limit_27 = obj["limit"]
      if (value_limit_27 !== undefined) {
        json += ",\"limit\":"
        json += anonymous2(value_limit_27)
      }

      const value_quota_31 = obj["quota"]
      if (value_quota_31 !== undefined) {
        json += ",\"quota\":"
        
        if (typeof value_quota_31 !== 'string') {
          if (value_quota_31 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_quota_31 instanceof Date) {
            json += JSON_STR_QUOTE + value_quota_31.toISOString() + JSON_STR_QUOTE
          } else if (value_quota_31 instanceof RegExp) {
            json += asString(value_quota_31.source)
          } else {
            json += asString(value_quota_31.toString())
          }
        } else {
          json += asString(value_quota_31)
        }
        
      }

      const value_retryAfter_32 = obj["retryAfter"]
      if (value_retryAfter_32 !== undefined) {
        json += ",\"retryAfter\":"
        json += asInteger(value_retryAfter_32)
      }

      const value_oldestZxid_33 = obj["oldestZxid"]
      if (value_oldestZxid_33 !== undefined) {
        json += ",\"oldestZxid\":"
        
        if (typeof value_oldestZxid_33 !== 'string') {
          if (value_oldestZxid_33 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_oldestZxid_33 instanceof Date) {
            json += JSON_STR_QUOTE + value_oldestZxid_33.toISOString() + JSON_STR_QUOTE
          } else if (value_oldestZxid_33 instanceof RegExp) {
            json += asString(value_oldestZxid_33.source)
          } else {
            json += asString(value_oldestZxid_33.toString())
          }
        } else {
          json += asString(value_oldestZxid_33)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
export const OperationError = ((module) => {
  'use strict'

  const Serializer = require('fast-json-stringify/lib/serializer')
  const serializerState = {"mode":"standalone"}
  const serializer = Serializer.restoreFromState(serializerState)

  const validator = null


  module.exports = function anonymous(validator,serializer
) {

    
const {
  asString,
  asNumber,
  asBoolean,
  asDateTime,
  asDate,
  asTime,
  asUnsafeString,
  asPlainStringArray
} = serializer

const asInteger = serializer.asInteger.bind(serializer)


    const JSON_STR_BEGIN_OBJECT = '{'
    const JSON_STR_END_OBJECT = '}'
    const JSON_STR_BEGIN_ARRAY = '['
    const JSON_STR_END_ARRAY = ']'
    const JSON_STR_COMMA = ','
    const JSON_STR_COLONS = ':'
    const JSON_STR_QUOTE = '"'
    const JSON_STR_EMPTY_OBJECT = JSON_STR_BEGIN_OBJECT + JSON_STR_END_OBJECT
    const JSON_STR_EMPTY_ARRAY = JSON_STR_BEGIN_ARRAY + JSON_STR_END_ARRAY
    const JSON_STR_EMPTY_STRING = JSON_STR_QUOTE + JSON_STR_QUOTE
    const JSON_STR_NULL = 'null'
    
  
    
      // "openapi#/components/schemas/Stat"
      function anonymous1 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_czxid_9 = obj["czxid"]
      if (value_czxid_9 !== undefined) {
        json += "{\"czxid\":"
        
        if (typeof value_czxid_9 !== 'string') {
          if (value_czxid_9 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_czxid_9 instanceof Date) {
            json += JSON_STR_QUOTE + value_czxid_9.toISOString() + JSON_STR_QUOTE
          } else if (value_czxid_9 instanceof RegExp) {
            json += asString(value_czxid_9.source)
          } else {
            json += asString(value_czxid_9.toString())
          }
        } else {
          json += asString(value_czxid_9)
        }
        
      } else {
        throw new Error('"czxid" is required!')
      }
      
      const value_mzxid_10 = obj["mzxid"]
      if (value_mzxid_10 !== undefined) {
        json += ",\"mzxid\":"
        
        if (typeof value_mzxid_10 !== 'string') {
          if (value_mzxid_10 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mzxid_10 instanceof Date) {
            json += JSON_STR_QUOTE + value_mzxid_10.toISOString() + JSON_STR_QUOTE
          } else if (value_mzxid_10 instanceof RegExp) {
            json += asString(value_mzxid_10.source)
          } else {
            json += asString(value_mzxid_10.toString())
          }
        } else {
          json += asString(value_mzxid_10)
        }
        
      } else {
        throw new Error('"mzxid" is required!')
      }
      
      const value_pzxid_11 = obj["pzxid"]
      if (value_pzxid_11 !== undefined) {
        json += ",\"pzxid\":"
        
        if (typeof value_pzxid_11 !== 'string') {
          if (value_pzxid_11 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_pzxid_11 instanceof Date) {
            json += JSON_STR_QUOTE + value_pzxid_11.toISOString() + JSON_STR_QUOTE
          } else if (value_pzxid_11 instanceof RegExp) {
            json += asString(value_pzxid_11.source)
          } else {
            json += asString(value_pzxid_11.toString())
          }
        } else {
          json += asString(value_pzxid_11)
        }
        
      } else {
        throw new Error('"pzxid" is required!')
      }
      
      const value_ctime_12 = obj["ctime"]
      if (value_ctime_12 !== undefined) {
        json += ",\"ctime\":"
        json += asInteger(value_ctime_12)
      } else {
        throw new Error('"ctime" is required!')
      }
      
      const value_mtime_13 = obj["mtime"]
      if (value_mtime_13 !== undefined) {
        json += ",\"mtime\":"
        json += asInteger(value_mtime_13)
      } else {
        throw new Error('"mtime" is required!')
      }
      
      const value_version_14 = obj["version"]
      if (value_version_14 !== undefined) {
        json += ",\"version\":"
        json += asInteger(value_version_14)
      } else {
        throw new Error('"version" is required!')
      }
      
      const value_cversion_15 = obj["cversion"]
      if (value_cversion_15 !== undefined) {
        json += ",\"cversion\":"
        json += asInteger(value_cversion_15)
      } else {
        throw new Error('"cversion" is required!')
      }
      
      const value_aversion_16 = obj["aversion"]
      if (value_aversion_16 !== undefined) {
        json += ",\"aversion\":"
        json += asInteger(value_aversion_16)
      } else {
        throw new Error('"aversion" is required!')
      }
      
      const value_dataLength_17 = obj["dataLength"]
      if (value_dataLength_17 !== undefined) {
        json += ",\"dataLength\":"
        json += asInteger(value_dataLength_17)
      } else {
        throw new Error('"dataLength" is required!')
      }
      
      const value_numChildren_18 = obj["numChildren"]
      if (value_numChildren_18 !== undefined) {
        json += ",\"numChildren\":"
        json += asInteger(value_numChildren_18)
      } else {
        throw new Error('"numChildren" is required!')
      }
      
      const value_mode_19 = obj["mode"]
      if (value_mode_19 !== undefined) {
        json += ",\"mode\":"
        
        if (typeof value_mode_19 !== 'string') {
          if (value_mode_19 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_mode_19 instanceof Date) {
            json += JSON_STR_QUOTE + value_mode_19.toISOString() + JSON_STR_QUOTE
          } else if (value_mode_19 instanceof RegExp) {
            json += asString(value_mode_19.source)
          } else {
            json += asString(value_mode_19.toString())
          }
        } else {
          json += asString(value_mode_19)
        }
        
      } else {
        throw new Error('"mode" is required!')
      }
      
      const value_ephemeralOwner_20 = obj["ephemeralOwner"]
      if (value_ephemeralOwner_20 !== undefined) {
        json += ",\"ephemeralOwner\":"
        
        if (typeof value_ephemeralOwner_20 !== 'string') {
          if (value_ephemeralOwner_20 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_ephemeralOwner_20 instanceof Date) {
            json += JSON_STR_QUOTE + value_ephemeralOwner_20.toISOString() + JSON_STR_QUOTE
          } else if (value_ephemeralOwner_20 instanceof RegExp) {
            json += asString(value_ephemeralOwner_20.source)
          } else {
            json += asString(value_ephemeralOwner_20.toString())
          }
        } else {
          json += asString(value_ephemeralOwner_20)
        }
        
      }

      const value_ttlMs_21 = obj["ttlMs"]
      if (value_ttlMs_21 !== undefined) {
        json += ",\"ttlMs\":"
        json += asInteger(value_ttlMs_21)
      }

      const value_expiresAt_22 = obj["expiresAt"]
      if (value_expiresAt_22 !== undefined) {
        json += ",\"expiresAt\":"
        json += asInteger(value_expiresAt_22)
      }

return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/Limit"
      function anonymous2 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_name_25 = obj["name"]
      if (value_name_25 !== undefined) {
        json += "{\"name\":"
        
        if (typeof value_name_25 !== 'string') {
          if (value_name_25 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_name_25 instanceof Date) {
            json += JSON_STR_QUOTE + value_name_25.toISOString() + JSON_STR_QUOTE
          } else if (value_name_25 instanceof RegExp) {
            json += asString(value_name_25.source)
          } else {
            json += asString(value_name_25.toString())
          }
        } else {
          json += asString(value_name_25)
        }
        
      } else {
        throw new Error('"name" is required!')
      }
      
      const value_value_26 = obj["value"]
      if (value_value_26 !== undefined) {
        json += ",\"value\":"
        json += asInteger(value_value_26)
      } else {
        throw new Error('"value" is required!')
      }
      
return json + JSON_STR_END_OBJECT

      }
    

      // "openapi#/components/schemas/OperationError"
      function anonymous0 (input) {
        const obj = (input && typeof input.toJSON === 'function')
    ? input.toJSON()
    : input
  
        if (obj === null) return JSON_STR_EMPTY_OBJECT
        let json = ''

        
      const value_code_1 = obj["code"]
      if (value_code_1 !== undefined) {
        json += "{\"code\":"
        
        if (typeof value_code_1 !== 'string') {
          if (value_code_1 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_code_1 instanceof Date) {
            json += JSON_STR_QUOTE + value_code_1.toISOString() + JSON_STR_QUOTE
          } else if (value_code_1 instanceof RegExp) {
            json += asString(value_code_1.source)
          } else {
            json += asString(value_code_1.toString())
          }
        } else {
          json += asString(value_code_1)
        }
        
      } else {
        throw new Error('"code" is required!')
      }
      
      const value_outcome_2 = obj["outcome"]
      if (value_outcome_2 !== undefined) {
        json += ",\"outcome\":"
        
        if (typeof value_outcome_2 !== 'string') {
          if (value_outcome_2 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_outcome_2 instanceof Date) {
            json += JSON_STR_QUOTE + value_outcome_2.toISOString() + JSON_STR_QUOTE
          } else if (value_outcome_2 instanceof RegExp) {
            json += asString(value_outcome_2.source)
          } else {
            json += asString(value_outcome_2.toString())
          }
        } else {
          json += asString(value_outcome_2)
        }
        
      } else {
        throw new Error('"outcome" is required!')
      }
      
      const value_title_3 = obj["title"]
      if (value_title_3 !== undefined) {
        json += ",\"title\":"
        
        if (typeof value_title_3 !== 'string') {
          if (value_title_3 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_title_3 instanceof Date) {
            json += JSON_STR_QUOTE + value_title_3.toISOString() + JSON_STR_QUOTE
          } else if (value_title_3 instanceof RegExp) {
            json += asString(value_title_3.source)
          } else {
            json += asString(value_title_3.toString())
          }
        } else {
          json += asString(value_title_3)
        }
        
      } else {
        throw new Error('"title" is required!')
      }
      
      const value_detail_4 = obj["detail"]
      if (value_detail_4 !== undefined) {
        json += ",\"detail\":"
        
        if (typeof value_detail_4 !== 'string') {
          if (value_detail_4 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_detail_4 instanceof Date) {
            json += JSON_STR_QUOTE + value_detail_4.toISOString() + JSON_STR_QUOTE
          } else if (value_detail_4 instanceof RegExp) {
            json += asString(value_detail_4.source)
          } else {
            json += asString(value_detail_4.toString())
          }
        } else {
          json += asString(value_detail_4)
        }
        
      }

      const value_path_5 = obj["path"]
      if (value_path_5 !== undefined) {
        json += ",\"path\":"
        
        if (typeof value_path_5 !== 'string') {
          if (value_path_5 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_path_5 instanceof Date) {
            json += JSON_STR_QUOTE + value_path_5.toISOString() + JSON_STR_QUOTE
          } else if (value_path_5 instanceof RegExp) {
            json += asString(value_path_5.source)
          } else {
            json += asString(value_path_5.toString())
          }
        } else {
          json += asString(value_path_5)
        }
        
      }

      const value_index_6 = obj["index"]
      if (value_index_6 !== undefined) {
        json += ",\"index\":"
        json += asInteger(value_index_6)
      }

      const value_stat_7 = obj["stat"]
      if (value_stat_7 !== undefined) {
        json += ",\"stat\":"
        json += anonymous1(value_stat_7)
      }

      const value_limit_23 = obj["limit"]
      if (value_limit_23 !== undefined) {
        json += ",\"limit\":"
        json += anonymous2(value_limit_23)
      }

      const value_quota_27 = obj["quota"]
      if (value_quota_27 !== undefined) {
        json += ",\"quota\":"
        
        if (typeof value_quota_27 !== 'string') {
          if (value_quota_27 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_quota_27 instanceof Date) {
            json += JSON_STR_QUOTE + value_quota_27.toISOString() + JSON_STR_QUOTE
          } else if (value_quota_27 instanceof RegExp) {
            json += asString(value_quota_27.source)
          } else {
            json += asString(value_quota_27.toString())
          }
        } else {
          json += asString(value_quota_27)
        }
        
      }

      const value_retryAfter_28 = obj["retryAfter"]
      if (value_retryAfter_28 !== undefined) {
        json += ",\"retryAfter\":"
        json += asInteger(value_retryAfter_28)
      }

      const value_oldestZxid_29 = obj["oldestZxid"]
      if (value_oldestZxid_29 !== undefined) {
        json += ",\"oldestZxid\":"
        
        if (typeof value_oldestZxid_29 !== 'string') {
          if (value_oldestZxid_29 === null) {
            json += JSON_STR_EMPTY_STRING
          } else if (value_oldestZxid_29 instanceof Date) {
            json += JSON_STR_QUOTE + value_oldestZxid_29.toISOString() + JSON_STR_QUOTE
          } else if (value_oldestZxid_29 instanceof RegExp) {
            json += asString(value_oldestZxid_29.source)
          } else {
            json += asString(value_oldestZxid_29.toString())
          }
        } else {
          json += asString(value_oldestZxid_29)
        }
        
      }

return json + JSON_STR_END_OBJECT

      }
    
    const main = anonymous0
    return main
    
}(validator, serializer)
return module.exports;
})({});
