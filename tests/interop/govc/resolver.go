package main

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
)

const (
	header   = 12
	typeA    = 1
	nameless = 0x8183 // a response that says that there is no such name
	found    = 0x8180
)

// answer is the name server on the other end of a pipe: every name below lab.example is 127.0.0.1, and there is no
// other (RFC 1035, messages with a length before them as over TCP).
func answer(pipe net.Conn) {
	defer pipe.Close()
	for {
		var length uint16
		if binary.Read(pipe, binary.BigEndian, &length) != nil {
			return
		}
		query := make([]byte, length)
		if _, err := io.ReadFull(pipe, query); err != nil || len(query) < header {
			return
		}
		reply := respond(query)
		message := binary.BigEndian.AppendUint16(nil, uint16(len(reply)))
		if _, err := pipe.Write(append(message, reply...)); err != nil {
			return
		}
	}
}

func respond(query []byte) []byte {
	var labels []string
	end := header
	for end < len(query) && query[end] != 0 {
		size := int(query[end])
		labels = append(labels, string(query[end+1:end+1+size]))
		end += 1 + size
	}
	question := query[header : end+5]
	kind := binary.BigEndian.Uint16(query[end+1:])
	ours := strings.HasSuffix("."+strings.ToLower(strings.Join(labels, ".")), ".lab.example")

	flags, answers := uint16(nameless), uint16(0)
	if ours {
		flags = found
		if kind == typeA {
			answers = 1
		}
	}
	reply := append([]byte(nil), query[:2]...)
	for _, number := range []uint16{flags, 1, answers, 0, 0} {
		reply = binary.BigEndian.AppendUint16(reply, number)
	}
	reply = append(reply, question...)
	if answers == 1 {
		// The name of the question, type A, class IN, a minute, four bytes.
		reply = append(reply, 0xc0, header, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1)
	}
	return reply
}
